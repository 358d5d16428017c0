package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static final String MONTH = """
            /* all tenants: a seal holds what the log holds */
            SELECT %s FROM semel.idempotent_write_audit_log WHERE at >= ? AND at < ? ORDER BY id""".formatted(StoredRow.COLUMNS);

    private static final int FETCH_SIZE = 1_000;

    private final Connection connection;

    LogRows(Connection connection) {
        this.connection = connection;
    }

    List<StoredRow> next(YearMonth month, long after, long upTo, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            bind(statement, month, after, upTo);
            statement.setInt(5, limit);
            List<StoredRow> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(StoredRow.read(row));
                }
            }
            return rows;
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

    Cursor<StoredRow> all(YearMonth month) throws SQLException {
        return Cursor.open(connection, MONTH, FETCH_SIZE, StoredRow::read, statement -> {
            statement.setObject(1, Months.start(month));
            statement.setObject(2, Months.start(month.plusMonths(1)));
        });
    }
}
