package dev.semel.internal;

import dev.semel.Call;
import dev.semel.audit.AuditStatus;
import java.util.UUID;

/** A row of {@code idempotent_write_audit_log} to be inserted. */
record AuditRow(Call<?, ?> call, UUID resultId, String resourceId, AuditStatus status, long durationMicros) {}
