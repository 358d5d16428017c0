package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Semel;
import dev.semel.audit.AuditConfig;
import dev.semel.maintenance.JobResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months come and go without a lost row, a failed write, or a way around row-level security. */
@ExtendWith(PostgresExtension.class)
class AuditMonthsTest extends AuditFixture {
    AuditMonthsTest(TestDatabase database) {
        super(database);
    }

    private JobResult partitions() throws Exception {
        return job("audit-partitions", AuditConfig.ofDefaults()).run();
    }

    private void as(String role, String tenant, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("RESET ROLE; SET LOCAL ROLE " + role + "; SET LOCAL semel.tenant = '" + tenant + "'");
            statement.execute(sql);
            connection.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsOfTheUnpartitionedLogAreKept(boolean ownerIsSuperuser) throws Exception {
        String name = "migrated_" + ownerIsSuperuser;
        database.run("CREATE ROLE " + name + " LOGIN PASSWORD 'p' CREATEROLE " + (ownerIsSuperuser ? "SUPERUSER" : "")
                + "; GRANT semel_app, semel_maintenance TO " + name + " WITH ADMIN OPTION");
        database.run("CREATE DATABASE " + name + " OWNER " + name);
        String url = database.owner().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(url, name, "p")
                .locations("classpath:db/semel/core")
                .schemas("semel");
        flyway.target("5").load().migrate();
        try (Connection connection = DriverManager.getConnection(
                        url, database.owner().user(), database.owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute(insert("'2024-02-29T23:59:59.999999Z'", "acme", 3));
            statement.execute(insert("'2024-03-01T00:00:00Z'", "globex", 4));
            statement.execute(insert("'1970-01-01T00:00:00Z'", "globex", 1));
            statement.execute(insert("clock_timestamp()", "acme", 5));
            String rows = text(
                    statement,
                    "SELECT string_agg(l::text, ',' ORDER BY id) FROM (SELECT tenant_id, at, id, key,"
                            + " payload_hash, result_id, status, duration_micros FROM " + LOG + ") AS l");

            flyway.target("7").load().migrate();

            assertThat(text(
                            statement,
                            "SELECT string_agg(l::text, ',' ORDER BY id) FROM (SELECT tenant_id, at, id, key,"
                                    + " payload_hash, result_id, status, duration_micros FROM " + LOG + ") AS l"))
                    .isEqualTo(rows);
            assertThat(text(statement, "SELECT count(*) FROM semel.idempotent_write_audit_log_2024_02"))
                    .isEqualTo("3");
            assertThat(text(statement, "SELECT count(*) FROM semel.idempotent_write_audit_log_default"))
                    .isEqualTo("1");
            assertThat(text(statement, "SELECT nextval('semel.audit_log_ids')")).isEqualTo("14");
            assertThat(text(statement, "SELECT relforcerowsecurity FROM pg_class WHERE oid = '" + LOG + "'::regclass"))
                    .isEqualTo("t");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void functionsOfAnOwnerWhoIsNoSuperuserMoveRowsToo() throws Exception {
        database.run("CREATE ROLE plain_owner LOGIN PASSWORD 'p' CREATEROLE;"
                + "GRANT semel_app, semel_maintenance TO plain_owner WITH ADMIN OPTION");
        database.run("CREATE DATABASE plain OWNER plain_owner");
        String url = database.owner().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/plain$1");
        Flyway.configure()
                .dataSource(url, "plain_owner", "p")
                .locations("classpath:db/semel/core")
                .schemas("semel")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, "plain_owner", "p");
                Statement statement = connection.createStatement();
                Connection superuser = DriverManager.getConnection(
                        url, database.owner().user(), database.owner().password());
                Statement arranging = superuser.createStatement()) {
            arranging.execute(insert("'" + PAST + "-03T00:00:00Z'", "acme", 7));
            statement.execute("SET ROLE semel_maintenance");
            statement.execute("SELECT semel.audit_make_month('" + PAST + "-01')");

            assertThat(text(arranging, "SELECT count(*) FROM " + partition(PAST)))
                    .isEqualTo("7");
            assertThat(text(arranging, "SELECT count(*) FROM " + LOG + "_default"))
                    .isEqualTo("0");

            arranging.execute(
                    "INSERT INTO semel.audit_anchors (month, head, export_sha256, exported_at, seals, row_count,"
                            + " last_id) SELECT '" + PAST + "-01', sha256(''), sha256(''), now(), 1, 7, max(id) FROM "
                            + LOG);
            arranging.execute("INSERT INTO semel.audit_seals (month, number, row_count, first_id, last_id, row_ids,"
                    + " row_tenants, row_digests, previous_hash, hash) SELECT '" + PAST
                    + "-01', 1, 7, min(id), max(id),"
                    + " array_agg(id), array_agg(tenant_id), '', sha256(''), sha256('') FROM " + LOG);
            statement.execute("SELECT semel.audit_detach_month('" + PAST + "-01')");
            assertThat(text(arranging, "SELECT count(*) FROM " + LOG)).isEqualTo("0");
            statement.execute("SELECT semel.audit_attach_month('" + PAST + "-01')");
            assertThat(text(arranging, "SELECT count(*) FROM " + LOG)).isEqualTo("7");

            statement.execute("SELECT semel.audit_detach_month('" + PAST + "-01')");
            arranging.execute("ALTER TABLE semel.audit_seals DROP CONSTRAINT audit_seals_month_fkey;"
                    + "UPDATE semel.audit_anchors SET month = month - interval '4 years';"
                    + "UPDATE semel.audit_seals SET month = month - interval '4 years'; ALTER TABLE " + partition(PAST)
                    + " RENAME TO " + partition(PAST.minusYears(4)).substring("semel.".length()));
            statement.execute("SELECT semel.audit_drop_month('" + PAST.minusYears(4) + "-01')");
            assertThat(text(arranging, "SELECT state FROM semel.audit_anchors")).isEqualTo("DROPPED");
            assertThat(text(arranging, "SELECT to_regclass('" + partition(PAST.minusYears(4)) + "')"))
                    .isNull();

            moveManyRows(statement, arranging);
        }
    }

    /** As the owner's functions do it for maintenance. */
    private static void moveManyRows(Statement statement, Statement arranging) throws SQLException {
        arranging.execute(insert("'" + PAST + "-03T00:00:00Z'", "acme", 1_500));
        arranging.execute(insert("'1999-01-01T00:00:00Z'", "acme", 3));
        assertThatThrownBy(() -> statement.execute("SELECT semel.audit_make_month('" + PAST + "-01')"))
                .hasMessageContaining("too many rows");
        assertThat(text(statement, "SELECT semel.audit_move_begin()")).isEqualTo("t");
        assertThatThrownBy(() -> statement.execute("SELECT semel.audit_make_month('" + PAST.minusMonths(1) + "-01')"))
                .hasMessageContaining("on their way");
        assertThat(text(statement, "SELECT semel.audit_move_copy(2000, 1000)")).isEqualTo("1000");
        assertThat(text(
                        arranging,
                        "SELECT count(*) FROM pg_class WHERE relname = 'audit_log_moving' AND relforcerowsecurity"))
                .isEqualTo("1");
        assertThat(text(statement, "SELECT semel.audit_move_swap()")).isEqualTo("t");
        assertThat(text(
                        arranging,
                        "SELECT count(*) FROM pg_class WHERE relname = 'audit_log_left' AND relforcerowsecurity"))
                .isEqualTo("1");
        assertThat(text(arranging, "SELECT count(*) FROM " + LOG)).isEqualTo("1503");
        assertThat(text(arranging, "SELECT count(*) FROM " + partition(PAST))).isEqualTo("1500");
        assertThat(text(statement, "SELECT semel.audit_move_tidy(0, 10000)")).isNotNull();
        assertThat(text(statement, "SELECT semel.audit_move_tidy(1000000, 10000)"))
                .isNull();
        assertThat(text(arranging, "SELECT to_regclass('semel.audit_log_left')"))
                .isNull();
    }

    @Test
    void monthsAreMadeAheadAndOnce() throws Exception {
        database.run("DROP TABLE " + partition(NOW.plusMonths(2)) + ", " + partition(NOW.plusMonths(1)));

        assertThat(partitions()).isEqualTo(new JobResult(2, 0));
        assertThat(partitions()).isEqualTo(new JobResult(0, 0));
        assertThat(count("semel.audit_months() WHERE has_partition")).isEqualTo(3);
    }

    @Test
    void writeWithoutAMonthSucceedsAndItsRowMovesWhenTheMonthIsMade() throws Exception {
        database.run("DROP TABLE " + partition(NOW));
        Semel semel = shop.node(2);
        Shop.pay(semel, "acme", "k1", Shop.TEA);
        rows(PAST, "globex", 5);
        seal();
        assertThat(count(LOG + "_default")).isEqualTo(6);
        assertThat(verify().verifiedRows()).isEqualTo(6);

        assertThat(partitions()).isEqualTo(new JobResult(2, 0));

        assertThat(count(LOG + "_default")).isZero();
        assertThat(count(partition(NOW))).isEqualTo(1);
        assertThat(count(partition(PAST))).isEqualTo(5);
        Shop.pay(semel, "acme", "k2", Shop.TEA);
        seal();
        assertThat(verify().findings())
                .as("what was sealed in the default partition stays sealed")
                .isEmpty();
        assertThat(verify().verifiedRows()).isEqualTo(7);
    }

    @Test
    void monthThatCannotBeMadeAtOnceIsMadeByTheNextRun() throws Exception {
        database.run("DROP TABLE " + partition(NOW.plusMonths(2)));
        try (Connection reader = pool.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("RESET ROLE; LOCK TABLE " + LOG + "_default IN ACCESS SHARE MODE");
            assertThat(partitions()).isEqualTo(new JobResult(0, 1));
            reader.rollback();
        }
        assertThat(partitions()).isEqualTo(new JobResult(1, 0));
    }

    @Test
    void monthThatCannotBeMadeKeepsNoOtherBack() {
        database.run("DROP TABLE " + partition(NOW.plusMonths(2)) + ", " + partition(NOW.plusMonths(1)));
        database.run("CREATE TYPE " + partition(NOW.plusMonths(2)) + " AS ENUM ()");
        try {
            assertThatThrownBy(this::partitions).isInstanceOf(SQLException.class);
            assertThat(count("semel.audit_months() WHERE has_partition")).isEqualTo(2);
        } finally {
            database.run("DROP TYPE " + partition(NOW.plusMonths(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE %s SET user_id = 'x'",
                "DELETE FROM %s",
                "TRUNCATE %s",
                "SELECT FROM %s_default",
                "SELECT FROM %s_" + "MONTH",
                "INSERT INTO %s_default SELECT * FROM %1$s",
                "UPDATE %s_MONTH SET user_id = 'x'",
                "DELETE FROM %s_MONTH",
                "INSERT INTO %s (tenant_id, id) VALUES ('acme', 1)",
                "INSERT INTO %s (tenant_id, at) VALUES ('acme', now())",
                "INSERT INTO %s SELECT * FROM %1$s",
                "SELECT setval('semel.audit_log_ids', 1)",
                "SELECT semel.audit_months()",
                "SELECT semel.audit_make_month('2030-01-01')",
                "SELECT semel.audit_detach_month('2020-01-01')",
                "SELECT semel.audit_drop_month('2010-01-01')",
                "SELECT semel.audit_move_begin()",
                "SELECT semel.audit_move_copy(1, 1)",
                "SELECT semel.audit_move_swap()",
                "SELECT semel.audit_move_tidy(1, 1)",
                "SELECT FROM semel.audit_seals",
                "SELECT FROM semel.audit_anchors",
                "ALTER TABLE %s DETACH PARTITION %1$s_default"
            })
    void applicationCanNeitherForgeNorChangeNorReachAPartition(String sql) {
        String attack = sql.formatted(LOG).replace("MONTH", NOW.toString().replace('-', '_'));

        assertThatThrownBy(() -> as("semel_app", "acme", attack))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    @Test
    void applicationWritesItsOwnTenantOnly() {
        String columns = "INSERT INTO %s (tenant_id, request_id, user_id, operation_type, resource_id, status, code,"
                + " duration_micros) VALUES ('%s', 'r', 'u', 'o', 'x', 'PARKED', 'c', 0)";

        assertThatThrownBy(() -> as("semel_app", "acme", columns.formatted(LOG, "globex")))
                .hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel.idempotent_write_audit_log SET user_id = 'x'",
                "DELETE FROM semel.idempotent_write_audit_log",
                "INSERT INTO semel.idempotent_write_audit_log (tenant_id) VALUES ('acme')",
                "SELECT FROM semel.idempotent_write_audit_log_default",
                "DELETE FROM semel.audit_seals",
                "UPDATE semel.audit_seals SET hash = sha256('')",
                "DELETE FROM semel.audit_anchors",
                "UPDATE semel.audit_anchors SET state = 'DROPPED'",
                "UPDATE semel.audit_anchors SET previous_head = NULL"
            })
    void maintenanceChangesNoRowAndNoSeal(String sql) {
        assertThatThrownBy(() -> as("semel_maintenance", "acme", sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NULL",
                "'infinity'",
                "'-infinity'",
                "'2026-01-02'",
                "'0001-01-01'",
                "'4000-01-01'",
                "'1999-12-01'"
            })
    void functionsTakeMonthsOnly(String argument) {
        for (String function : List.of("make", "detach", "attach", "drop")) {
            assertThatThrownBy(() -> as(
                            "semel_maintenance", "acme", "SELECT semel.audit_" + function + "_month(" + argument + ")"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(function).isIn("22023", "55000"));
        }
        assertThat(count("pg_class WHERE relname ~ '^idempotent_write_audit_log_\\d{4}_\\d{2}$'"))
                .isEqualTo(3);
    }

    @Test
    void maintenanceCannotRemoveWhatIsNotExportedOrNotOldEnough() {
        makeMonth(PAST);
        rows(PAST, "acme", 3);
        for (YearMonth month : List.of(NOW, PAST, NOW.minusYears(9))) {
            for (String function : List.of("detach", "drop")) {
                assertThatThrownBy(() -> as(
                                "semel_maintenance",
                                "acme",
                                "SELECT semel.audit_" + function + "_month('" + month + "-01')"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("55000"));
            }
        }
        assertThat(count(LOG)).isEqualTo(3);
    }

    @Test
    void lateRetryIsLookedUpInAnIndex() throws Exception {
        rows(NOW, "acme", 5_000);
        database.run("ANALYZE " + LOG);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL semel.tenant = 'acme'");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows =
                    statement.executeQuery("EXPLAIN SELECT payload_hash FROM " + LOG + " WHERE tenant_id = 'acme'"
                            + " AND result_id = gen_random_uuid() AND status = 'EXECUTED' LIMIT 1"
                                    .replace("gen_random_uuid()", "'3a72620e-5940-59a8-a1e4-4c6ff217c5be'"))) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            assertThat(plan.toString()).contains(NOW.toString().replace('-', '_') + "_tenant_id_result_id_idx");
        }
    }
}
