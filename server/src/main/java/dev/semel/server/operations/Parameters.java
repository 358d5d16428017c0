package dev.semel.server.operations;

import dev.semel.InvalidPayloadException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters, checked. One that is absent or empty asks for nothing. Messages do not repeat what was sent. */
final class Parameters {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T.{5,40}");

    private Parameters() {}

    static @Nullable String requestId(@Nullable String text) {
        return matching(REQUEST_ID, "requestId", text, "must be 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }

    static @Nullable String key(@Nullable String text) {
        return matching(KEY, "key", text, "must be 1 to 255 visible ASCII characters");
    }

    static @Nullable String operation(@Nullable String text) {
        return matching(NAME, "operation", text, "must be the name of an operation");
    }

    /** A time, or a day's first moment in UTC. */
    static @Nullable Instant from(String name, @Nullable String text) {
        return time(name, text, 0);
    }

    /** A time, or the moment when a day is over in UTC: a day is meant with all its hours. */
    static @Nullable Instant until(String name, @Nullable String text) {
        return time(name, text, 1);
    }

    private static @Nullable Instant time(String name, @Nullable String text, int daysLater) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text)
                        .plusDays(daysLater)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // No such time; refused below, as what does not even look like one.
        }
        throw invalid(name, "must be a date or a time, as in 2026-12-24 or 2026-12-24T18:00:00Z");
    }

    /** Refuses a span that ends before it begins. */
    static <T extends Comparable<? super T>> void requireOrder(@Nullable T from, @Nullable T to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw invalid("to", "must not be before from");
        }
    }

    static InvalidPayloadException invalid(String name, String detail) {
        return InvalidPayloadException.invalid("/" + name, detail);
    }

    private static @Nullable String matching(Pattern shape, String name, @Nullable String text, String otherwise) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!shape.matcher(text).matches()) {
            throw invalid(name, otherwise);
        }
        return text;
    }
}
