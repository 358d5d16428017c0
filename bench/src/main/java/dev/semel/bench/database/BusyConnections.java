package dev.semel.bench.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.DoubleSupplier;

/** How many connections are inside a transaction or a statement, besides the one that asks. Belongs to one thread at a time. */
public final class BusyConnections implements DoubleSupplier, AutoCloseable {
    private static final String COUNT = """
            SELECT count(*) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()""";

    private final Connection connection;
    private final PreparedStatement statement;

    /** Connects. */
    public BusyConnections(BenchDatabase database) throws SQLException {
        connection = database.connect();
        statement = connection.prepareStatement(COUNT);
    }

    @Override
    public double getAsDouble() {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
