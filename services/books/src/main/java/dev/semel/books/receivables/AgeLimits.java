package dev.semel.books.receivables;

import dev.semel.books.settings.CompanyDays;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where one age ends and the next begins: what was due before the first of these is overdue, before the second for more than 30
 * days, and so on. As days for what has a due date, and as moments for what was due when it was posted. Immutable.
 */
record AgeLimits(List<LocalDate> days, List<OffsetDateTime> moments) {
    /** The database has no year 0. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    AgeLimits {
        days = List.copyOf(days);
        moments = List.copyOf(moments);
    }

    static AgeLimits of(String tenant, LocalDate asOf, CompanyDays days) {
        List<LocalDate> limits =
                Stream.of(0, 30, 60, 90).map(age -> back(asOf, age)).toList();
        return new AgeLimits(
                limits, limits.stream().map(day -> days.start(tenant, day)).toList());
    }

    private static LocalDate back(LocalDate asOf, int days) {
        LocalDate limit = asOf.minusDays(days);
        return limit.isBefore(FIRST_DAY) ? FIRST_DAY : limit;
    }

    String[] dayTexts() {
        return texts(days, LocalDate::toString);
    }

    String[] momentTexts() {
        return texts(moments, OffsetDateTime::toString);
    }

    private static <T> String[] texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }
}
