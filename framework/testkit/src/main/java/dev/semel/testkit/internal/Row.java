package dev.semel.testkit.internal;

import java.util.regex.Pattern;

/**
 * A row of a table.
 *
 * @param exact all of it, as PostgreSQL writes it
 * @param json without the columns that vary
 */
record Row(String exact, String json) {
    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?)?");
    private static final Pattern ID = Pattern.compile(
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32,}");

    /** What is the same whenever the write is executed. */
    String timeless() {
        return TIME.matcher(json).replaceAll("(time)");
    }

    /** What is the same in each execution: times and ids differ. */
    String shape() {
        return TIME.matcher(ID.matcher(json).replaceAll("(id)")).replaceAll("(time)");
    }
}
