package dev.semel.server.operations;

import dev.semel.audit.AuditRecord;
import dev.semel.audit.AuditStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log. Immutable.
 *
 * @param at when the row was written: for an executed write just before its COMMIT
 * @param startedAt when the call began: {@code at} without its duration
 * @param user who asked; {@code relay} where an event was given up
 * @param code why it was refused, failed or given up
 */
record WriteItem(
        Instant at,
        Instant startedAt,
        String requestId,
        String user,
        String operation,
        @Nullable String risk,
        @Nullable String key,
        AuditStatus status,
        @Nullable String code,
        @Nullable UUID resultId,
        String resourceId,
        long durationMicros) {
    static WriteItem of(AuditRecord row) {
        Instant at = row.position().at();
        return new WriteItem(
                at,
                at.minusNanos(row.durationMicros() * 1_000),
                row.requestId(),
                row.user(),
                row.operation(),
                row.risk(),
                row.key(),
                row.status(),
                row.code(),
                row.resultId(),
                row.resourceId(),
                row.durationMicros());
    }
}
