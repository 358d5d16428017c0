package dev.semel.cli.ops;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A table's column. Immutable.
 *
 * @param right whether its cells stand at its right edge, as numbers do
 */
record Column(String header, Function<JsonNode, String> cell, boolean right) {

    /** A member as it is. */
    static Column of(String header, String member) {
        return new Column(header, item -> Cells.text(item, member), false);
    }

    static Column number(String header, String member) {
        return new Column(header, item -> Cells.text(item, member), true);
    }

    static Column time(String header, String member) {
        return new Column(header, item -> Cells.time(item, member), false);
    }
}
