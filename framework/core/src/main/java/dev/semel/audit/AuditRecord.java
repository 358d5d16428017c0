package dev.semel.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log, as operators read it. Immutable; holds no payload.
 *
 * @param position where it stands
 * @param requestId of the request that it is about
 * @param user who asked; {@code relay} where the relay gave an event up
 * @param operation that was asked for
 * @param risk null where the row is not about a call
 * @param key the idempotency key; null where the row is not about a call
 * @param resultId of the execution; null if there is none
 * @param resourceId the resource that was meant; the event's id where the relay gave one up
 * @param status how it ended
 * @param code why it was refused, failed or given up; null otherwise
 * @param durationMicros how long the call took, until its row was written
 */
public record AuditRecord(
        Position position,
        String requestId,
        String user,
        String operation,
        @Nullable String risk,
        @Nullable String key,
        @Nullable UUID resultId,
        String resourceId,
        AuditStatus status,
        @Nullable String code,
        long durationMicros) {
    /**
     * A place in the log.
     *
     * @param at when the row was written, by the database's clock
     * @param id tells rows of one moment apart
     */
    public record Position(Instant at, long id) {}
}
