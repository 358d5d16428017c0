package dev.semel.server.database;

import dev.semel.server.options.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Lets one server at a time migrate a database. Taken by trying again and again: a statement that waits would hold a snapshot,
 * and {@code CREATE INDEX CONCURRENTLY} in the other server's migration would wait for that.
 */
final class MigrationLock implements AutoCloseable {
    private static final String TRY = "SELECT pg_try_advisory_lock(8386656365466)";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    static MigrationLock acquire(DataSource owner) {
        try {
            Connection connection = owner.getConnection();
            try {
                await(connection);
            } catch (SQLException | RuntimeException | InterruptedException e) {
                connection.close();
                throw e;
            }
            return new MigrationLock(connection);
        } catch (SQLException e) {
            throw new StartException("The database cannot be reached: " + Sentences.firstLine(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted.", e);
        }
    }

    private static void await(Connection connection) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!tryLock(connection)) {
            if (System.nanoTime() > deadline) {
                throw new StartException("Another server has been migrating this database for " + PATIENCE.toMinutes()
                        + " minutes. Wait for it, or end it, and start again.");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TRY)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Gives the lock back with its connection. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StartException("The database was lost during the migration: " + Sentences.firstLine(e), e);
        }
    }
}
