package dev.semel.server.tokens;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tenant's tokens, in the order of their ids. Immutable.
 *
 * @param items the tokens
 * @param nextCursor where to go on; null at the end
 */
record TokenPage(List<Token> items, @Nullable UUID nextCursor) {
    /** @param found up to one more than the limit */
    static TokenPage of(List<Token> found, int limit) {
        if (found.size() <= limit) {
            return new TokenPage(List.copyOf(found), null);
        }
        List<Token> items = List.copyOf(found.subList(0, limit));
        return new TokenPage(items, items.get(limit - 1).id());
    }
}
