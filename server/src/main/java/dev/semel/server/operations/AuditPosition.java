package dev.semel.server.operations;

import dev.semel.audit.AuditRecord;
import dev.semel.spring.web.Cursors;
import dev.semel.spring.web.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in the audit log, as a cursor. */
final class AuditPosition {
    /** Microseconds up to the year 5138, and an id. */
    private static final Pattern SHAPE = Pattern.compile("a([0-9]{1,17})/([0-9]{1,18})");

    private AuditPosition() {}

    /** Null for the first page. */
    static AuditRecord.@Nullable Position of(PageRequest page) {
        if (page.cursor() == null) {
            return null;
        }
        MatchResult parts = Cursors.decode(page.cursor(), SHAPE);
        Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
        return new AuditRecord.Position(at, Long.parseLong(parts.group(2)));
    }

    static String cursor(AuditRecord row) {
        AuditRecord.Position position = row.position();
        return Cursors.encode("a" + ChronoUnit.MICROS.between(Instant.EPOCH, position.at()) + "/" + position.id());
    }
}
