package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * One PostgreSQL for all tests of this JVM, with a new database for each that asks. Their login user is no superuser: what a
 * test proves holds for an ordinary external database.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private final String name = "test" + COUNT.incrementAndGet();
    private final String user = "owner" + COUNT.get();

    private TestDatabase() {}

    public static TestDatabase create() {
        TestDatabase database = new TestDatabase();
        String admin = POSTGRES.superuser().jdbcUrl();
        execute(admin, "CREATE ROLE " + database.user + " LOGIN CREATEROLE PASSWORD 'secret'");
        grantRoles(admin, database.user);
        execute(admin, "CREATE DATABASE " + database.name + " OWNER " + database.user);
        return database;
    }

    /** The roles are shared by all databases of a server; only their first maker, and whom they are given to, may become them. */
    private static void grantRoles(String admin, String user) {
        for (String role : List.of("semel_app", "semel_maintenance")) {
            if (!query(admin, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")
                    .isEmpty()) {
                execute(admin, "GRANT " + role + " TO " + user + " WITH ADMIN OPTION");
            }
        }
    }

    public ServerOptions.External external() {
        return new ServerOptions.External(url(), user, new Secret("secret"));
    }

    public String url() {
        return POSTGRES.superuser().jdbcUrl().replaceFirst("/postgres$", "/" + name);
    }

    public String user() {
        return user;
    }

    /** As superuser: sees everything. */
    public String query(String sql) {
        return query(url(), sql);
    }

    /** Every row of the tenant, in every table that has tenants and is not among those. */
    String rowsOf(String tenant, String... except) {
        String tables = query("""
                SELECT string_agg(format('%I.%I', n.nspname, c.relname), ',' ORDER BY n.nspname, c.relname)
                  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition""");
        StringBuilder rows = new StringBuilder();
        for (String table : tables.split(",")) {
            if (!List.of(except).contains(table)) {
                rows.append(table)
                        .append('\n')
                        .append(query("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM " + table
                                + " t WHERE tenant_id = '" + tenant + "'"))
                        .append('\n');
            }
        }
        return rows.toString();
    }

    /** Until all that was emitted is delivered. */
    void awaitQuietOutbox() {
        await("the relay delivers", () -> "0".equals(query("SELECT count(*) FROM semel.outbox_events")));
    }

    static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** As superuser. */
    public void execute(String sql) {
        execute(url(), sql);
    }

    /** As superuser. */
    public Connection connect() throws SQLException {
        return connect(url());
    }

    private static String query(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(
                url, POSTGRES.superuser().user(), POSTGRES.superuser().password());
    }

    private static EmbeddedPostgres start() {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder().build());
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }
}
