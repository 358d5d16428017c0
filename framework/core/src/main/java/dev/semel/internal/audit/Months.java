package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;

/** The log's monthly partitions, through the functions that may change them. */
final class Months {
    private static final String ALL = """
            /* all tenants: names of partitions */ SELECT month, bool_or(has_partition) FROM semel.audit_months() GROUP BY 1""";
    private static final String NOW = """
            SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date""";
    private static final String MAKE = "SELECT semel.audit_make_month(?)";

    private static final String DETACH = "SELECT semel.audit_detach_month(?)";
    private static final String ATTACH = "SELECT semel.audit_attach_month(?)";
    private static final String DROP = "SELECT semel.audit_drop_month(?)";

    private static final String REFUSED = "55000";
    private static final String INVALID = "22023";

    private final Connection connection;

    Months(Connection connection) {
        this.connection = connection;
    }

    /** All months of which the log has rows or a partition; true if it has the latter. */
    SortedMap<YearMonth, Boolean> all() throws SQLException {
        SortedMap<YearMonth, Boolean> months = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                months.put(month(row.getObject(1, LocalDate.class)), row.getBoolean(2));
            }
        }
        return months;
    }

    /** The database's day. */
    LocalDate today() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOW);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }

    boolean make(YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE)) {
            statement.setObject(1, date(month));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    void detach(YearMonth month) throws SQLException {
        call(DETACH, month);
    }

    void attach(YearMonth month) throws SQLException {
        call(ATTACH, month);
    }

    void drop(YearMonth month) throws SQLException {
        call(DROP, month);
    }

    private void call(String sql, YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, date(month));
            statement.execute();
        }
    }

    /** A function refused: the month is in a state, or has rows, that it must not touch. */
    static boolean isRefusal(SQLException failure) {
        return REFUSED.equals(failure.getSQLState()) || INVALID.equals(failure.getSQLState());
    }

    static LocalDate date(YearMonth month) {
        return month.atDay(1);
    }

    static YearMonth month(LocalDate date) {
        return YearMonth.from(date);
    }

    static OffsetDateTime start(YearMonth month) {
        return date(month).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
