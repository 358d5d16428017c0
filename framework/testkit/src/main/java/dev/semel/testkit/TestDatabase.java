package dev.semel.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.postgres.PostgresConnection;
import dev.semel.testkit.internal.Footprint;
import dev.semel.testkit.internal.Footprints;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own on a real server, with the core's tables. Thread-safe.
 *
 * <p>What its pools send is recorded by a {@link TenancyCheck}; a statement that is not kept to one tenant makes {@link
 * #verifyTenancy} and {@link #close} fail.
 */
public final class TestDatabase implements AutoCloseable {
    private final PostgresConnection owner;
    private final ConcurrentLinkedQueue<HikariDataSource> pools = new ConcurrentLinkedQueue<>();
    private final TenancyCheck tenancy = new TenancyCheck();

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
     * A new pool whose connections have the role of the application: row-level security holds for them, and their statements
     * are checked for their tenant conditions. Closed with this database.
     */
    public HikariDataSource pool(int size) {
        return pool(tenancy.watch(logins()), size);
    }

    /** As {@link #pool}, but its statements are not checked: for tests that leave out the tenant on purpose. */
    public HikariDataSource uncheckedPool(int size) {
        return pool(logins(), size);
    }

    private HikariDataSource pool(DataSource logins, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(logins);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(5_000);
        config.setConnectionInitSql("SET ROLE semel_app");
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    private DataSource logins() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(owner.jdbcUrl());
        source.setUser(owner.user());
        source.setPassword(owner.password());
        return source;
    }

    /** What the pools' statements are recorded by. */
    public TenancyCheck tenancy() {
        return tenancy;
    }

    /**
     * Reads all statements of the pools so far.
     *
     * @throws AssertionError as {@link TenancyCheck#verify}
     * @throws IllegalStateException if the server refuses
     */
    public void verifyTenancy() {
        try (Connection connection = connect(owner)) {
            tenancy.verify(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The manual clock. The database's clock is the only one that counts and cannot be turned, so the stored times are: every
     * time in Semel's own tables (keys, leases, outbox) moves back, as if that much had passed. The audit log stays as it is: it
     * is evidence, and nothing falls due by it.
     *
     * @throws IllegalStateException if the server refuses
     */
    public void passTime(Duration duration) {
        run("""
                DO $do$
                DECLARE moved record;
                BEGIN
                    FOR moved IN
                        SELECT c.oid::regclass AS name,
                               string_agg(format('%1$I = %1$I - %2$L::interval', a.attname, 'SECONDS s'), ', ') AS times
                          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                         WHERE c.relnamespace = 'semel'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                           AND c.relname NOT LIKE '%audit%' AND a.atttypid = 'timestamptz'::regtype AND NOT a.attisdropped
                         GROUP BY c.oid
                    LOOP
                        EXECUTE format('UPDATE %s SET %s', moved.name, moved.times);
                    END LOOP;
                END $do$""".replace("SECONDS", seconds(duration)));
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).toPlainString();
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

    /** What a tenant has in each table. */
    Footprint footprint(String tenant, Map<String, List<String>> varying) {
        try (Footprints footprints = footprints(varying)) {
            return footprints.of(tenant);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks at one tenant after another. */
    Footprints footprints(Map<String, List<String>> varying) throws SQLException {
        return Footprints.on(connect(owner), varying);
    }

    /** The types of the events that the tenant's writes of one operation emitted and nothing delivered yet. */
    List<String> eventTypes(String tenant, String operation) {
        String sql = "SELECT type FROM semel.outbox_events WHERE tenant_id = ? AND operation_type = ? ORDER BY number";
        List<String> types = new ArrayList<>();
        try (Connection connection = connect(owner);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setString(2, operation);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.add(row.getString(1));
                }
            }
            return types;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes all pools that were handed out, as the end of the processes that used them would. */
    public void closePools() {
        for (HikariDataSource pool = pools.poll(); pool != null; pool = pools.poll()) {
            pool.close();
        }
    }

    /**
     * Closes its pools. The database itself goes with its server.
     *
     * @throws AssertionError as {@link #verifyTenancy}
     */
    @Override
    public void close() {
        closePools();
        verifyTenancy();
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
