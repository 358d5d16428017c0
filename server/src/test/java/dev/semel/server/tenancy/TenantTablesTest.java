package dev.semel.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All tables of the server, of whatever module: none is forgotten that a later migration adds. */
class TenantTablesTest {
    private static final String TABLES = """
            WITH tables AS (
                SELECT c.oid, c.relispartition, c.relrowsecurity, c.relforcerowsecurity, c.oid::regclass::text AS name,
                       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS of_tenants
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname ~ '^semel' AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history')
            """;

    private final TestServer server = TestServer.shared();

    @Test
    void tablesWithoutATenantAreTheCoresOwn() throws SQLException {
        assertThat(query(TABLES + "SELECT name FROM tables WHERE NOT of_tenants ORDER BY name"))
                .containsExactly(
                        "semel.audit_anchors", "semel.audit_seals", "semel.maintenance_jobs", "semel.schema_versions");
    }

    /** A partition is reached through its table, and by nobody else. */
    @Test
    void everyTableOfTenantsHasRowLevelSecurityThatBindsItsOwnerToo() throws SQLException {
        assertThat(query(TABLES + "SELECT name FROM tables WHERE of_tenants"))
                .filteredOn(name -> !name.startsWith("semel."))
                .extracting(name -> name.substring(0, name.indexOf('.')))
                .contains("semel_books", "semel_documents", "semel_sync", "semel_server");
        assertThat(query(TABLES + """
                SELECT name FROM tables
                 WHERE of_tenants
                   AND NOT (relrowsecurity AND CASE WHEN relispartition
                            THEN NOT has_table_privilege('semel_app', tables.oid, 'SELECT, INSERT, UPDATE, DELETE')
                            ELSE relforcerowsecurity
                                 AND EXISTS (SELECT FROM pg_policy
                                              WHERE polrelid = tables.oid AND polcmd = '*' AND polroles = '{0}'
                                                AND pg_get_expr(polqual, polrelid) LIKE '%tenant_id = current_setting(%') END)
                """)).isEmpty();
    }

    /** Maintenance and the owner, each where a policy says so. */
    @Test
    void noPolicyShowsTheApplicationMoreThanOneTenant() throws SQLException {
        assertThat(query("""
                SELECT schemaname || '.' || tablename || ' ' || policyname FROM pg_policies
                 WHERE schemaname ~ '^semel' AND permissive = 'PERMISSIVE' AND roles && ARRAY['public', 'semel_app']::name[]
                   AND coalesce(qual, with_check) NOT LIKE '%tenant_id = current_setting(%'
                """)).isEmpty();
    }

    /** A token is found by its hash before anybody knows whose it is. */
    @Test
    void tenantLeadsEveryConstraint() throws SQLException {
        assertThat(query(TABLES + """
                SELECT conrelid::regclass || ' ' || conname FROM pg_constraint c JOIN tables ON tables.oid = c.conrelid
                 WHERE of_tenants AND c.contype IN ('p', 'u', 'f', 'x') AND c.conparentid = 0
                   AND (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1]) <> 'tenant_id'
                 UNION ALL
                SELECT indexrelid::regclass::text FROM pg_index i JOIN tables ON tables.oid = i.indrelid
                 WHERE of_tenants AND indisunique
                   AND (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0]) <> 'tenant_id'
                """)).containsExactly("semel_server.tokens_by_hash");
    }

    private List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
