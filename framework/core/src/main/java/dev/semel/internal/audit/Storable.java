package dev.semel.internal.audit;

import dev.semel.internal.AuditRow;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's text can hold: no NUL, no lone surrogate. The driver may break its connection over the latter. */
final class Storable {
    private Storable() {}

    static boolean isStorable(AuditRow row) {
        return Stream.of(
                        row.caller().user(),
                        row.ending().resourceId(),
                        row.operation(),
                        row.ending().code())
                .allMatch(Storable::isStorable);
    }

    private static boolean isStorable(@Nullable String text) {
        return text == null
                || (text.indexOf('\0') < 0
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
