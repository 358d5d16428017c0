package dev.semel.server.database;

import dev.semel.server.options.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Holds a pool's role against the promise that it cannot see another tenant's rows. */
final class RoleCheck {
    private static final String ROLE = """
            SELECT rolname, rolsuper, rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user
            """;
    private static final String OWNED = """
            SELECT c.oid::regclass::text
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname ~ '^semel(_|$)' AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'MEMBER')
            ORDER BY 1
            """;
    private static final String UNPROTECTED = """
            SELECT c.oid::regclass::text
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname ~ '^semel(_|$)' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND EXISTS (SELECT FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            ORDER BY 1
            """;

    private RoleCheck() {}

    /** @throws StartException if row-level security could be bypassed on the pool's connections */
    static void verify(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            requirePlainRole(statement);
            requireNone(statement, OWNED, "The application's role owns tables and could switch row-level security off");
            requireNone(statement, UNPROTECTED, "Tables of tenants lack row-level security");
        } catch (SQLException e) {
            throw new StartException("The application's role cannot be checked: " + Sentences.firstLine(e), e);
        }
    }

    private static void requirePlainRole(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ROLE)) {
            if (!rows.next() || rows.getBoolean("rolsuper") || rows.getBoolean("rolbypassrls")) {
                throw new StartException("The application's role could bypass row-level security: run"
                        + " ALTER ROLE semel_app NOSUPERUSER NOBYPASSRLS and start again.");
            }
        }
    }

    private static void requireNone(Statement statement, String query, String complaint) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        if (!tables.isEmpty()) {
            throw new StartException(complaint + ": " + String.join(", ", tables) + ".");
        }
    }
}
