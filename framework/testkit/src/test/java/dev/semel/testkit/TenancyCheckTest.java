package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TenancyCheckTest {
    private static final String ALL = "/* all tenants: the test counts */ SELECT count(*) FROM semel.outbox_events";

    private final TestDatabase database;
    private final TenancyCheck check = new TenancyCheck();

    TenancyCheckTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = check.watch(database.uncheckedPool(1)).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void verify() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                database.owner().jdbcUrl(),
                database.owner().user(),
                database.owner().password())) {
            check.verify(connection);
        }
    }

    @Test
    void failureNamesStatementTableCallerAndWhatToAdd() throws SQLException {
        run("SELECT item FROM shop.orders WHERE id = gen_random_uuid()");

        assertThatThrownBy(this::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "shop.orders, sent by dev.semel.testkit.TenancyCheckTest.run(TenancyCheckTest.java:")
                .hasMessageContaining("add \"orders.tenant_id = ?\"")
                .hasMessageContaining("SELECT item FROM shop.orders WHERE id = gen_random_uuid()");
    }

    @Test
    void everyStatementOfAStringIsRead() throws SQLException {
        run("SELECT 1; SELECT item FROM shop.orders; COMMIT");

        assertThatThrownBy(this::verify).hasMessageContaining("1 times").hasMessageContaining("shop.orders");
    }

    @Test
    void statementsOfABatchAreRead() throws SQLException {
        try (Connection connection = check.watch(database.uncheckedPool(1)).getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement prepared =
                        connection.prepareStatement("INSERT INTO shop.orders (id, item, amount) VALUES (?, ?, ?)")) {
            statement.addBatch("DELETE FROM shop.orders");
            prepared.setObject(1, java.util.UUID.randomUUID());
            prepared.setString(2, "x");
            prepared.setInt(3, 1);
            prepared.addBatch();
            assertThatThrownBy(prepared::executeBatch).isInstanceOf(SQLException.class);
        }

        assertThatThrownBy(this::verify).hasMessageContaining("2 times");
    }

    @Test
    void maintenanceMaySeeAllTenantsAndIsListedWithItsReason() throws SQLException {
        run("SET ROLE semel_maintenance", ALL);

        verify();
        assertThat(check.exemptions()).singleElement().satisfies(exemption -> {
            assertThat(exemption.reason()).isEqualTo("the test counts");
            assertThat(exemption.role()).isEqualTo("semel_maintenance");
            assertThat(exemption.caller()).contains("TenancyCheckTest.run");
        });
    }

    @Test
    void applicationMayNotSeeAllTenantsWhateverItsCommentSays() throws SQLException {
        run("SET ROLE semel_maintenance", ALL, "SET ROLE semel_app", ALL);

        assertThatThrownBy(this::verify)
                .hasMessageContaining("role semel_app")
                .hasMessageContaining("only maintenance and the owner may see all tenants");
    }

    @Test
    void partitionsAreTenantTablesToo() throws SQLException {
        database.run("""
                CREATE TABLE IF NOT EXISTS shop.visits (tenant_id text, day date) PARTITION BY RANGE (day);
                CREATE TABLE IF NOT EXISTS shop.visits_now PARTITION OF shop.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                GRANT SELECT ON shop.visits_now TO semel_app""");
        run("SELECT count(*) FROM shop.visits_now");

        assertThatThrownBy(this::verify).hasMessageContaining("shop.visits_now");
    }

    /** A view reads as its owner, whom no policy holds back. */
    @Test
    void viewThatHidesItsTenantsIsFoundHoweverFarAway() throws SQLException {
        database.run("""
                CREATE OR REPLACE VIEW shop.amounts AS SELECT amount FROM shop.orders;
                CREATE OR REPLACE VIEW shop.total AS SELECT sum(amount) AS total FROM shop.amounts;
                CREATE OR REPLACE VIEW shop.numbers AS SELECT 1 AS number;
                GRANT SELECT ON shop.total, shop.numbers TO semel_app""");
        run("SELECT total FROM shop.total", "SELECT number FROM shop.numbers");

        assertThatThrownBy(this::verify).hasMessageContaining("1 times").hasMessageContaining("shop.total");
    }

    @Test
    void whatCannotBeReadFails() throws SQLException {
        run("DO $$ BEGIN PERFORM 1; END $$");

        assertThatThrownBy(this::verify).hasMessageContaining("DO $$");
    }

    @Test
    void poolsOfTestDatabasesAreCheckedAndUncheckedOnesAreNot() throws SQLException {
        TestDatabase own = TestDatabase.create(database.owner());
        try (Connection connection = own.uncheckedPool(1).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM semel.leases");
        }
        own.verifyTenancy();
        try (Connection connection = own.pool(1).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM semel.leases");
        }
        assertThatThrownBy(own::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("semel.leases, sent by dev.semel.testkit.TenancyCheckTest");
    }

    @Test
    void whatAConnectionHandsOutIsListenedToAsWell() throws SQLException {
        try (Connection connection = check.watch(database.uncheckedPool(1)).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1");
                var tables = connection.getMetaData().getTableTypes()) {
            for (Connection same : new Connection[] {
                statement.getConnection(),
                connection.getMetaData().getConnection(),
                rows.getStatement().getConnection(),
                tables.getStatement().getConnection()
            }) {
                assertThat(same).isSameAs(connection).isEqualTo(connection);
            }
        }
    }
}
