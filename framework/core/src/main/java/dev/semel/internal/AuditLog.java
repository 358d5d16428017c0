package dev.semel.internal;

import dev.semel.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.idempotent_write_audit_log}, as writes fill it: append-only. */
public final class AuditLog {
    static final String INSERT = """
            INSERT INTO semel.idempotent_write_audit_log
                   (tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                    result_id, resource_id, status, code, duration_micros)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
            """;

    /** As {@link #INSERT}, many at once, of calls that executed or were rejected. */
    static final String INSERT_ALL = """
            INSERT INTO semel.idempotent_write_audit_log
                   (tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                    result_id, resource_id, status, duration_micros)
            SELECT ?, ended.*
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::int[], ?::uuid[],
                          ?::text[], ?::text[], ?::bigint[]) AS ended;
            """;

    private static final String FIND_EXECUTION = """
            SELECT payload_hash, fingerprint_version
              FROM semel.idempotent_write_audit_log
             WHERE tenant_id = ? AND result_id = ? AND status = 'EXECUTED'
             LIMIT 1""";

    private AuditLog() {}

    /** What the execution that made this result was asked. One look into an index of each hot month. */
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

    /** Inserts rows of one tenant, whose transaction it is. */
    public static void insert(Connection connection, List<AuditRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (AuditRow row : rows) {
                bindInsert(statement, 1, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static int bindInsert(PreparedStatement statement, int index, AuditRow row) throws SQLException {
        AuditRow.Ending ending = row.ending();
        statement.setString(index++, row.caller().tenant());
        statement.setString(index++, row.caller().requestId());
        statement.setString(index++, row.caller().user());
        statement.setString(index++, row.operation());
        index = bindAsked(statement, index, row.asked());
        statement.setObject(index++, ending.resultId(), Types.OTHER);
        statement.setString(index++, ending.resourceId());
        statement.setString(index++, ending.status().name());
        statement.setString(index++, ending.code());
        statement.setLong(index++, ending.durationMicros());
        return index;
    }

    static int bindInsertAll(PreparedStatement statement, int index, String tenant, List<AuditRow> rows)
            throws SQLException {
        statement.setString(index, tenant);
        return new Columns<>(statement, index + 1, rows)
                .text(row -> row.caller().requestId())
                .text(row -> row.caller().user())
                .text(AuditRow::operation)
                .text(row -> row.call().risk())
                .text(row -> row.call().key())
                .bind("bytea", byte[][]::new, row -> row.call().fingerprint().sha256())
                .bind("int4", Integer[]::new, row -> row.call().fingerprint().version())
                .bind(
                        "uuid",
                        UUID[]::new,
                        row -> Objects.requireNonNull(row.ending().resultId()))
                .text(row -> row.ending().resourceId())
                .text(row -> row.ending().status().name())
                .number(row -> row.ending().durationMicros())
                .next();
    }

    private static int bindAsked(PreparedStatement statement, int index, AuditRow.@Nullable Asked asked)
            throws SQLException {
        statement.setString(index++, asked == null ? null : asked.risk());
        statement.setString(index++, asked == null ? null : asked.key());
        statement.setBytes(index++, asked == null ? null : asked.fingerprint().sha256());
        statement.setObject(index++, asked == null ? null : asked.fingerprint().version(), Types.SMALLINT);
        return index;
    }
}
