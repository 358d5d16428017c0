package dev.semel.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code semel.schema_versions}, and PostgreSQL's catalog of the tables beside it. */
public final class SchemaTables {
    /** The version whose script made the table of versions. */
    public static final int FIRST_STATED = 12;

    private static final List<String> NEEDED = List.of(
            "idempotency_keys",
            "idempotent_write_audit_log",
            "outbox_events",
            "leases",
            "daily_usage",
            "maintenance_jobs",
            "audit_seals",
            "audit_anchors",
            "schema_versions");

    private static final String MISSING = """
            SELECT needed.name
              FROM unnest(?::text[]) WITH ORDINALITY AS needed (name, number)
             WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'semel' AND c.relname = needed.name AND c.relkind IN ('r', 'p')
                                  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE'))
             ORDER BY needed.number""";

    private static final String LATEST =
            "SELECT version, oldest_library FROM semel.schema_versions ORDER BY version DESC LIMIT 1";

    private SchemaTables() {}

    /** The names of the needed tables that are not there, or not to be used. */
    public static List<String> missing(Connection connection) throws SQLException {
        return missing(connection, NEEDED);
    }

    private static List<String> missing(Connection connection, List<String> needed) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(MISSING)) {
            select.setArray(1, connection.createArrayOf("text", needed.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    missing.add(row.getString(1));
                }
            }
        }
        return missing;
    }

    /** Empty where no version is stated. */
    public static Optional<State> read(Connection connection) throws SQLException {
        if (!missing(connection, List.of("schema_versions")).isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement(LATEST);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(new State(row.getInt(1), row.getInt(2))) : Optional.empty();
        }
    }

    /**
     * What the schema says of itself.
     *
     * @param oldestLibrary the lowest version whose library may still write
     */
    public record State(int version, int oldestLibrary) {
        public static final State UNKNOWN = new State(0, 0);
    }
}
