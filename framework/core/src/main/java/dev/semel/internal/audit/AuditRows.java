package dev.semel.internal.audit;

import dev.semel.audit.AuditFilter;
import dev.semel.audit.AuditRecord;
import dev.semel.audit.AuditStatus;
import dev.semel.internal.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code semel.idempotent_write_audit_log}, as operators read it. A condition that is not asked for is not in the
 * statement: so the planner sees which index fits.
 */
public final class AuditRows {
    private static final String SELECT = """
            SELECT at, id, request_id, user_id, operation_type, risk, key, result_id, resource_id, status, code, duration_micros
              FROM semel.idempotent_write_audit_log
             WHERE tenant_id = ?""";

    private static final String LATEST_FIRST = " ORDER BY at DESC, id DESC LIMIT ?";

    private final Connection connection;
    private final String tenant;

    public AuditRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public List<AuditRecord> list(AuditFilter filter, AuditRecord.@Nullable Position after, int limit)
            throws SQLException {
        Conditions conditions = new Conditions();
        conditions.add(" AND request_id = ?", filter.requestId());
        conditions.add(" AND key = ?", filter.key());
        conditions.add(" AND operation_type = ?", filter.operation());
        conditions.add(condition(filter.status()), name(filter.status()));
        conditions.add(" AND at >= ?", time(filter.from()));
        conditions.add(" AND at < ?", time(filter.before()));
        if (after != null) {
            conditions.add(" AND (at, id) < (?, ?)", time(after.at()), after.id());
        }
        return read(SELECT + conditions.sql + LATEST_FIRST, conditions.values, limit);
    }

    /** Says what the partial index says, for plans that are made without the value. */
    private static String condition(@Nullable AuditStatus status) {
        return status == AuditStatus.EXECUTED ? " AND status = ?" : " AND status = ? AND status <> 'EXECUTED'";
    }

    private static @Nullable String name(@Nullable AuditStatus status) {
        return status == null ? null : status.name();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** Those that are asked for, with their values. */
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, @Nullable Object... wanted) {
            if (wanted[0] != null) {
                sql.append(condition);
                for (Object value : wanted) {
                    values.add(value);
                }
            }
        }
    }

    private List<AuditRecord> read(String sql, List<Object> values, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            statement.setString(index++, tenant);
            for (Object value : values) {
                statement.setObject(index++, value);
            }
            statement.setInt(index, limit);
            return read(statement);
        }
    }

    private static List<AuditRecord> read(PreparedStatement statement) throws SQLException {
        List<AuditRecord> records = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                records.add(read(row));
            }
        }
        return records;
    }

    private static AuditRecord read(ResultSet row) throws SQLException {
        return new AuditRecord(
                new AuditRecord.Position(Times.instant(row, "at"), row.getLong("id")),
                row.getString("request_id"),
                row.getString("user_id"),
                row.getString("operation_type"),
                row.getString("risk"),
                row.getString("key"),
                row.getObject("result_id", UUID.class),
                row.getString("resource_id"),
                AuditStatus.valueOf(row.getString("status")),
                row.getString("code"),
                row.getLong("duration_micros"));
    }
}
