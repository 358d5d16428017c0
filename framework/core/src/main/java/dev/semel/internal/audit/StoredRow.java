package dev.semel.internal.audit;

import dev.semel.internal.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code idempotent_write_audit_log}, and a line of its export: so all members are of kinds that JSON has. Times are
 * ISO 8601 in UTC with the database's microseconds, bytes are hex.
 */
public record StoredRow(
        String tenantId,
        String at,
        long id,
        String requestId,
        String userId,
        String operationType,
        @Nullable String risk,
        @Nullable String key,
        @Nullable String payloadHash,
        @Nullable Integer fingerprintVersion,
        @Nullable String resultId,
        String resourceId,
        String status,
        @Nullable String code,
        long durationMicros) {
    static final String COLUMNS = """
            tenant_id, at, id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version, result_id,
            resource_id, status, code, duration_micros""";

    static StoredRow read(ResultSet row) throws SQLException {
        byte[] payloadHash = row.getBytes("payload_hash");
        UUID resultId = row.getObject("result_id", UUID.class);
        return new StoredRow(
                row.getString("tenant_id"),
                Times.instant(row, "at").toString(),
                row.getLong("id"),
                row.getString("request_id"),
                row.getString("user_id"),
                row.getString("operation_type"),
                row.getString("risk"),
                row.getString("key"),
                payloadHash == null ? null : Sha256.hex(payloadHash),
                row.getObject("fingerprint_version", Integer.class),
                resultId == null ? null : resultId.toString(),
                row.getString("resource_id"),
                row.getString("status"),
                row.getString("code"),
                row.getLong("duration_micros"));
    }

    /**
     * The row's digest, version 1: SHA-256 over all columns. What seals, verification and export have in common; never changed,
     * only followed by a next version.
     *
     * @throws java.time.format.DateTimeParseException if the time is none, as it may be in a file that was tampered with
     */
    String digest() {
        return Sha256.of("semel.audit.row.1")
                .text(tenantId)
                .number(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at)))
                .number(id)
                .text(requestId)
                .text(userId)
                .text(operationType)
                .text(risk)
                .text(key)
                .text(payloadHash)
                .number(fingerprintVersion == null ? -1 : fingerprintVersion)
                .text(resultId)
                .text(resourceId)
                .text(status)
                .text(code)
                .number(durationMicros)
                .hex();
    }
}
