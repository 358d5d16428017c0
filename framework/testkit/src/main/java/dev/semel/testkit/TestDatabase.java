package dev.semel.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.postgres.PostgresConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.flywaydb.core.Flyway;

/** A database of its own on a real server, with the core's tables. Thread-safe. */
public final class TestDatabase implements AutoCloseable {
    private final PostgresConnection owner;
    private final ConcurrentLinkedQueue<HikariDataSource> pools = new ConcurrentLinkedQueue<>();

    private TestDatabase(PostgresConnection owner) {
        this.owner = owner;
    }

    /**
     * Creates an empty database beside the one that is given, with the core's tables.
     *
     * @throws IllegalStateException if the server refuses
     */
    public static TestDatabase create(PostgresConnection superuser) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(superuser, "CREATE DATABASE " + name);
        String url = superuser.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        TestDatabase database = new TestDatabase(new PostgresConnection(url, superuser.user(), superuser.password()));
        database.migrate("db/semel/core", "semel");
        return database;
    }

    /** Runs a module's migrations into a schema of its own. */
    public void migrate(String location, String schema) {
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .locations("classpath:" + location)
                .schemas(schema)
                .load()
                .migrate();
    }

    /**
     * A new pool whose connections have the role of the application: row-level security holds for them. Closed with this
     * database.
     */
    public HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(owner.jdbcUrl());
        config.setUsername(owner.user());
        config.setPassword(owner.password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(5_000);
        config.setConnectionInitSql("SET ROLE semel_app");
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** The superuser's connection: row-level security does not hold for it. For arranging and for asserting. */
    public PostgresConnection owner() {
        return owner;
    }

    /**
     * Runs statements as superuser.
     *
     * @throws IllegalStateException if the server refuses
     */
    public void run(String sql) {
        run(owner, sql);
    }

    /**
     * The single number that a query gives, as superuser.
     *
     * @throws IllegalStateException if the server refuses
     */
    public long number(String sql) {
        try (Connection connection = connect(owner);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Closes all pools that were handed out, as the end of the processes that used them would. */
    public void closePools() {
        for (HikariDataSource pool = pools.poll(); pool != null; pool = pools.poll()) {
            pool.close();
        }
    }

    @Override
    public void close() {
        closePools();
    }

    private static void run(PostgresConnection as, String sql) {
        try (Connection connection = connect(as);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Connection connect(PostgresConnection as) throws SQLException {
        return DriverManager.getConnection(as.jdbcUrl(), as.user(), as.password());
    }
}
