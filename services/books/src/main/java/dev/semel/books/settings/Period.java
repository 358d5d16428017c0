package dev.semel.books.settings;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From one moment to another; null means without end. Immutable.
 *
 * @param from the first moment
 * @param before the first one that is not in it
 */
public record Period(
        @Nullable OffsetDateTime from, @Nullable OffsetDateTime before) {
    /** For a statement's two conditions, each twice: whether it is asked for, and what it is compared with. */
    public List<@Nullable Object> parameters() {
        return Arrays.asList(from, from, before, before);
    }
}
