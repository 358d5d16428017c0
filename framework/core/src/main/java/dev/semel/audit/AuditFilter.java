package dev.semel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a tenant's audit log are asked for: those that fit all that is given. Immutable.
 *
 * @param requestId of the request; null for any
 * @param key the idempotency key; null for any
 * @param operation its name; null for any
 * @param status how it ended; null for any
 * @param from the earliest time; null for no bound
 * @param before rows are earlier than that; null for no bound
 */
public record AuditFilter(
        @Nullable String requestId,
        @Nullable String key,
        @Nullable String operation,
        @Nullable AuditStatus status,
        @Nullable Instant from,
        @Nullable Instant before) {
    /** All rows of a request. */
    public static AuditFilter ofRequest(String requestId) {
        return new AuditFilter(requestId, null, null, null, null, null);
    }
}
