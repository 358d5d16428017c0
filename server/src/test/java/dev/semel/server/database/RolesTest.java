package dev.semel.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.server.TestServer;
import dev.semel.server.tenancy.CheckedPools;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application's connections may do, whatever its code asks for. */
class RolesTest {
    private final TestServer server = TestServer.shared();
    private final DataSource pool = CheckedPools.unchecked(server.bean(DataSource.class));

    @BeforeEach
    void aWriteOfEachTenant() {
        server.as("ACME-ADMIN").post("/api/tokens", "{\"user\":\"u\",\"roles\":[\"reader\"]}");
        server.as("GLOBEX-ADMIN").post("/api/tokens", "{\"user\":\"u\",\"roles\":[\"reader\"]}");
    }

    @Test
    void poolIsTheApplicationsRole() throws SQLException {
        assertThat(rows("", "SELECT current_user::text")).containsExactly("semel_app");
        assertThat(rows("", "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
                .containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"semel.idempotency_keys", "semel.idempotent_write_audit_log", "semel_server.tokens"})
    void tenantSeesItsOwnRowsOnly(String table) throws SQLException {
        assertThat(rows("acme", "SELECT DISTINCT tenant_id FROM " + table)).containsExactly("acme");
        assertThat(rows("globex", "SELECT DISTINCT tenant_id FROM " + table)).containsExactly("globex");
        assertThat(rows("", "SELECT DISTINCT tenant_id FROM " + table)).isEmpty();
    }

    @Test
    void tenantCannotWriteIntoAnother() {
        assertThatThrownBy(() -> rows("acme", """
                        INSERT INTO semel_server.tokens (tenant_id, id, user_id, roles, token_hash)
                        VALUES ('globex', gen_random_uuid(), 'mallory', '{admin}', sha256('x')) RETURNING id
                        """)).hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel.idempotent_write_audit_log SET user_id = 'nobody' WHERE tenant_id = 'acme' RETURNING 1",
                "DELETE FROM semel.idempotent_write_audit_log WHERE tenant_id = 'acme' RETURNING 1",
                "DELETE FROM semel_server.tokens WHERE tenant_id = 'acme' RETURNING 1",
                "UPDATE semel_server.tokens SET roles = '{admin}' WHERE tenant_id = 'acme' RETURNING 1"
            })
    void historyCannotBeChanged(String sql) {
        assertThatThrownBy(() -> rows("acme", sql)).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE semel_server.tokens DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON semel_server.tokens",
                "SET row_security = off; SELECT * FROM semel_server.tokens",
                "CREATE TABLE semel.mine (id int)"
            })
    void rowLevelSecurityCannotBeSwitchedOff(String sql) {
        assertThatThrownBy(() -> {
                    try (Connection connection = pool.getConnection();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.execute(sql);
                        while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                            // each part of the text has its result
                        }
                    }
                })
                .isInstanceOf(SQLException.class);
    }

    private List<String> rows(String tenant, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('semel.tenant', '" + tenant + "', true)");
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            connection.rollback();
            return found;
        }
    }
}
