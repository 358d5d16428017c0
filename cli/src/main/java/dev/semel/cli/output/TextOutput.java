package dev.semel.cli.output;

import dev.semel.cli.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines for people.
 *
 * @param columns the terminal's width, if it is one
 */
record TextOutput(PrintWriter out, PrintWriter talk, Optional<Integer> columns) implements Output {

    private static final String CUT = "...";

    @Override
    public void list(ObjectNode page, List<Column> shown) {
        JsonNode items = page.path("items");
        if (items.isEmpty()) {
            talk.println("Nothing found.");
        } else {
            Table table = new Table(shown);
            items.forEach(table::add);
            print(table.lines());
        }
        if (page.hasNonNull("nextCursor")) {
            talk.println("There is more: raise --limit.");
        }
        talk.flush();
    }

    @Override
    public void one(ObjectNode thing, List<String> lines) {
        print(lines);
    }

    private void print(List<String> lines) {
        lines.stream().map(Printable::text).map(this::fitted).forEach(out::println);
        out.flush();
    }

    private String fitted(String line) {
        return columns.filter(width -> width > CUT.length() && line.length() > width)
                .map(width -> line.substring(0, width - CUT.length()) + CUT)
                .orElse(line);
    }
}
