package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The table {@code semel.idempotent_write_audit_log}: append-only. */
final class AuditLog {
    static final String INSERT = """
            INSERT INTO semel.idempotent_write_audit_log
                   (tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                    result_id, resource_id, status, duration_micros)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
            """;

    private static final String FIND_EXECUTION = """
            SELECT payload_hash, fingerprint_version
              FROM semel.idempotent_write_audit_log
             WHERE tenant_id = ? AND result_id = ? AND status = 'EXECUTED'
             LIMIT 1""";

    private AuditLog() {}

    /** What the execution that made this result was asked. Reads the hot partitions without an index: for rare repairs. */
    static Optional<Fingerprint> findExecution(Connection connection, String tenant, UUID resultId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_EXECUTION)) {
            statement.setString(1, tenant);
            statement.setObject(2, resultId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Fingerprint(row.getInt(2), row.getBytes(1))) : Optional.empty();
            }
        }
    }

    static int bindInsert(PreparedStatement statement, int index, AuditRow row) throws SQLException {
        Call<?, ?> call = row.call();
        statement.setString(index++, call.caller().tenant());
        statement.setString(index++, call.caller().requestId());
        statement.setString(index++, call.caller().user());
        statement.setString(index++, call.operation().name());
        statement.setString(index++, call.operation().risk().name());
        statement.setString(index++, call.key().value());
        statement.setBytes(index++, call.fingerprint().sha256());
        statement.setInt(index++, call.fingerprint().version());
        statement.setObject(index++, row.resultId());
        statement.setString(index++, row.resourceId());
        statement.setString(index++, row.status().name());
        statement.setLong(index++, row.durationMicros());
        return index;
    }
}
