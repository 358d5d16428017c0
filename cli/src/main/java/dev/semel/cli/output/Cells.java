package dev.semel.cli.output;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Members of an answer in a few words. What is absent, or not what it should be, is told as it is and never an error. */
public final class Cells {

    static final String NONE = "-";

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int MICROS = 1_000;

    private Cells() {}

    /** Whether there is such a member, and not null. */
    public static boolean has(JsonNode item, String member) {
        return item.hasNonNull(member);
    }

    /** A member; a dash where there is none. */
    public static String text(JsonNode item, String member) {
        JsonNode value = item.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return NONE;
        }
        return value.isContainer() ? joined(value) : value.asString("");
    }

    private static String joined(JsonNode values) {
        return values.isEmpty()
                ? NONE
                : values.valueStream().map(value -> value.asString("")).collect(Collectors.joining(", "));
    }

    /** A time to the millisecond, as filters take it. */
    public static String time(JsonNode item, String member) {
        String text = text(item, member);
        try {
            return MILLISECONDS.format(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** Microseconds as milliseconds. */
    public static String millis(JsonNode item, String member) {
        JsonNode micros = item.path(member);
        return micros.isIntegralNumber() ? String.format("%.1f", micros.asDouble() / MICROS) : NONE;
    }
}
