package dev.semel.cli.output;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A table's column. Immutable.
 *
 * @param right whether its cells stand at its right edge, as numbers do
 */
public record Column(String header, Function<JsonNode, String> cell, boolean right) {

    /** A member as it is. */
    public static Column of(String header, String member) {
        return new Column(header, item -> Cells.text(item, member), false);
    }

    public static Column number(String header, String member) {
        return new Column(header, item -> Cells.text(item, member), true);
    }

    public static Column time(String header, String member) {
        return new Column(header, item -> Cells.time(item, member), false);
    }
}
