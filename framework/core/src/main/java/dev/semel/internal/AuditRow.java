package dev.semel.internal;

import dev.semel.Call;
import java.util.UUID;

/** A row of {@code idempotent_write_audit_log} to be inserted. */
record AuditRow(Call<?, ?> call, UUID resultId, String resourceId, String status, long durationMicros) {
    static final String EXECUTED = "EXECUTED";
    static final String REJECTED = "REJECTED";
}
