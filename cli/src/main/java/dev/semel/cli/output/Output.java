package dev.semel.cli.output;

import dev.semel.cli.Terminal;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Where a command's data goes. For one thread. */
public sealed interface Output permits JsonOutput, TextOutput {

    /**
     * A list.
     *
     * @param page {@code items}, and {@code nextCursor} if there are more
     */
    void list(ObjectNode page, List<Column> columns);

    /**
     * One thing.
     *
     * @param lines that tell the same to people
     */
    void one(ObjectNode thing, List<String> lines);

    /** JSON. */
    static Output json(PrintWriter out) {
        return new JsonOutput(out);
    }

    /** Lines and tables, cut where the terminal ends; what is to be said besides goes to talk. */
    static Output text(PrintWriter out, PrintWriter talk) {
        return new TextOutput(out, talk, Terminal.columns());
    }
}
