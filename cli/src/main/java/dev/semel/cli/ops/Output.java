package dev.semel.cli.ops;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Where a command's data goes. For one thread. */
sealed interface Output permits JsonOutput, TextOutput {

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
}
