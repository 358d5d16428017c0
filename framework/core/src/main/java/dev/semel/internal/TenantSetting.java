package dev.semel.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The setting that row-level security reads, for the length of one transaction. */
public final class TenantSetting {
    private static final String SET = "SELECT set_config('semel.tenant', ?, true)";
    private static final String SET_FOR_READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;\n" + SET;

    private TenantSetting() {}

    public static void set(Connection connection, String tenant) throws SQLException {
        execute(connection, SET, tenant);
    }

    /** Also makes the transaction one read-only snapshot. Must be the transaction's first statement. */
    public static void setForReading(Connection connection, String tenant) throws SQLException {
        execute(connection, SET_FOR_READING, tenant);
    }

    private static void execute(Connection connection, String sql, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }
}
