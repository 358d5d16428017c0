package dev.semel.sync.changesets;

import dev.semel.sync.content.TextContent;
import java.util.Map;

/**
 * Decisions whose contents are safe in the store. An argument of gated methods: it is made before their transaction begins. Immutable.
 *
 * @param amended contents by file
 */
public record PreparedDecisions(NewDecisions asked, Map<String, TextContent> amended) {
    /** Copies the contents. */
    public PreparedDecisions {
        amended = Map.copyOf(amended);
    }
}
