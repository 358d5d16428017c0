package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Semel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Row-level security is the second belt: it holds even for SQL that forgets the tenant. */
@ExtendWith(PostgresExtension.class)
class TenancyTest {
    private final Shop shop;

    TenancyTest(TestDatabase database) {
        shop = Shop.open(database, TestDatabase::uncheckedPool);
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void readsSeeTheirTenantOnlyEvenWithoutACondition() {
        Semel semel = shop.node(2);
        Shop.pay(semel, "acme", "k", Shop.TEA);
        Shop.pay(semel, "globex", "k", Shop.TEA);

        for (String table :
                new String[] {"shop.orders", "semel.idempotency_keys", "semel.idempotent_write_audit_log"}) {
            assertThat(semel.<Long>read("acme", connection -> count(connection, table)))
                    .as(table)
                    .isEqualTo(1);
            assertThat(semel.<Long>read("initech", connection -> count(connection, table)))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void tenantOfOneTransactionDoesNotStayOnTheConnection() throws SQLException {
        HikariDataSource pool = shop.pool(1);
        Semel semel = Shop.engine(pool, Shop::insert).build();
        Shop.pay(semel, "acme", "k", Shop.TEA);

        try (Connection connection = pool.getConnection()) {
            assertThat(count(connection, "shop.orders")).isZero();
        }
    }

    @Test
    void handlerCannotWriteIntoAnotherTenant() {
        Semel semel = shop.node(write -> {
            try (Statement statement = write.connection().createStatement()) {
                statement.execute("INSERT INTO shop.orders VALUES ('globex', '" + write.resultId() + "', 'tea', 1)");
            }
            return Shop.insert(write);
        });

        assertThatThrownBy(() -> Shop.pay(semel, "acme", "k", Shop.TEA))
                .hasRootCauseMessage("ERROR: new row violates row-level security policy for table \"orders\"");
        assertThat(shop.orders()).isZero();
    }

    @Test
    void applicationCannotChangeTheAuditLog() throws SQLException {
        HikariDataSource pool = shop.pool(1);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("UPDATE semel.idempotent_write_audit_log SET user_id = 'x'"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("DELETE FROM semel.idempotent_write_audit_log"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void readsCannotWrite() {
        Semel semel = shop.node(1);

        assertThatThrownBy(() -> semel.read("acme", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "INSERT INTO shop.orders VALUES ('acme', gen_random_uuid(), 'x', 1)");
                    }
                }))
                .hasRootCauseMessage("ERROR: cannot execute INSERT in a read-only transaction");
    }
}
