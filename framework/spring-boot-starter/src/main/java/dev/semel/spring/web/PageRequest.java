package dev.semel.spring.web;

import dev.semel.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a collection is asked for. Immutable.
 *
 * @param limit at most that many items: 1 to 500
 * @param cursor as answered with the page before; null for the beginning
 */
public record PageRequest(int limit, @Nullable String cursor) {
    /** The limit where none is sent, as an annotation's value. */
    public static final String DEFAULT_LIMIT = "50";

    private static final int MAX_LIMIT = 500;

    /** @throws InvalidPayloadException if the limit is out of bounds */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw InvalidPayloadException.invalid("/limit", "must be 1 to " + MAX_LIMIT);
        }
        cursor = cursor == null || cursor.isEmpty() ? null : cursor;
    }

    /** How many rows to fetch: one more than is answered tells whether there are more. */
    public int fetch() {
        return limit + 1;
    }
}
