package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The table {@code semel.idempotent_write_audit_log}, as maintenance reads it: a month of all tenants, in id order. */
final class LogRows {
    private static final String NEXT = """
            /* all tenants: a seal holds what the log holds */
            SELECT %s FROM semel.idempotent_write_audit_log
             WHERE at >= ? AND at < ? AND id > ? AND id <= ? ORDER BY id LIMIT ?""".formatted(StoredRow.COLUMNS);

    private static final String COUNT = """
            /* all tenants: how many are not sealed yet */
            SELECT count(*) FROM semel.idempotent_write_audit_log WHERE at >= ? AND at < ? AND id > ? AND id <= ?""";

    /** The first condition on the id is for the index; an id alone is no place where somebody tampered with it. */
    private static final String PAGE = """
            /* all tenants: a seal holds what the log holds */
            SELECT %s FROM semel.idempotent_write_audit_log
             WHERE at >= ? AND at < ? AND id >= ? AND id <= ? AND (id, tenant_id, at) > (?, ?, ?)
             ORDER BY id, tenant_id, at LIMIT ?""".formatted(StoredRow.COLUMNS);

    private final Connection connection;

    LogRows(Connection connection) {
        this.connection = connection;
    }

    /** A place among a month's rows. */
    record Position(long id, String tenant, OffsetDateTime at) {
        static final Position START = new Position(Long.MIN_VALUE, "", OffsetDateTime.MIN);

        static Position of(StoredRow row) {
            return new Position(row.id(), row.tenantId(), OffsetDateTime.parse(row.at()));
        }

        /** Behind all rows up to this id. */
        static Position behind(long id) {
            return new Position(id + 1, "", OffsetDateTime.MIN);
        }
    }

    List<StoredRow> next(YearMonth month, long after, long upTo, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            bind(statement, month, after, upTo);
            statement.setInt(5, limit);
            return list(statement);
        }
    }

    List<StoredRow> page(YearMonth month, Position after, long upTo, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            bind(statement, month, after.id(), upTo);
            statement.setLong(5, after.id());
            statement.setString(6, after.tenant());
            statement.setObject(7, after.at());
            statement.setInt(8, limit);
            return list(statement);
        }
    }

    long count(YearMonth month, long after, long upTo) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            bind(statement, month, after, upTo);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void bind(PreparedStatement statement, YearMonth month, long after, long upTo) throws SQLException {
        statement.setObject(1, Months.start(month));
        statement.setObject(2, Months.start(month.plusMonths(1)));
        statement.setLong(3, after);
        statement.setLong(4, upTo);
    }

    private static List<StoredRow> list(PreparedStatement statement) throws SQLException {
        List<StoredRow> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(StoredRow.read(row));
            }
        }
        return rows;
    }
}
