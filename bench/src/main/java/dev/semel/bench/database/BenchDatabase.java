package dev.semel.bench.database;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL of its own with the tables of Semel and of its books, set as {@code semel server} sets its own: PostgreSQL's
 * defaults, every commit flushed. All is gone at {@link #close()}. Thread-safe.
 */
public final class BenchDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private BenchDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts and fills one. Takes some seconds. */
    public static BenchDatabase start() {
        BenchDatabase database = new BenchDatabase(EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder()
                .setting("fsync", "on")
                .setting("synchronous_commit", "on")
                .setting("full_page_writes", "on")
                .build()));
        try {
            database.migrate();
            return database;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    private void migrate() {
        migrate("db/semel/core", "semel");
        migrate("db/semel/books", "semel_books");
        migrate("db/bench", "bench");
    }

    private void migrate(String location, String schema) {
        Flyway.configure()
                .dataSource(
                        postgres.superuser().jdbcUrl(),
                        postgres.superuser().user(),
                        postgres.superuser().password())
                .locations("classpath:" + location)
                .schemas(schema)
                .load()
                .migrate();
    }

    /** PostgreSQL's port. */
    public int port() {
        return postgres.port();
    }

    /** Pools of this size on the server itself. */
    public Pools pools(int connections) {
        return pools(connections, port());
    }

    /** Pools of this size through another port that leads here. */
    public Pools pools(int connections, int port) {
        return new Pools(postgres.superuser(), port, connections);
    }

    /**
     * Runs statements as superuser.
     *
     * @throws IllegalStateException if the server refuses
     */
    public void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * The single number that a query gives, as superuser.
     *
     * @throws IllegalStateException if the server refuses
     */
    public double number(String sql) {
        return Double.parseDouble(text(sql));
    }

    /**
     * The single value that a query gives, as superuser.
     *
     * @throws IllegalStateException if the server refuses
     */
    public String text(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How many bytes of write-ahead log there have been. */
    public double walBytes() {
        return number("SELECT pg_current_wal_insert_lsn() - '0/0'");
    }

    /** How many seconds of processor time PostgreSQL's running processes have taken. */
    public double cpuSeconds() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(duration -> duration.toNanos() / 1e9)
                .sum();
    }

    /** A connection of the superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.superuser().jdbcUrl(),
                postgres.superuser().user(),
                postgres.superuser().password());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
