package dev.semel.spring.internal;

import dev.semel.spring.MissingTablesException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Makes Semel's tables, with a history of their own in their own schema, and looks whether all are there. */
public final class SemelTables implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(SemelTables.class);
    private static final List<String> NEEDED = List.of(
            "idempotency_keys",
            "idempotent_write_audit_log",
            "outbox_events",
            "leases",
            "daily_usage",
            "maintenance_jobs",
            "audit_seals");

    private static final String MISSING = """
            SELECT needed.name
              FROM unnest(?::text[]) WITH ORDINALITY AS needed (name, number)
             WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'semel' AND c.relname = needed.name
                                  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE'))
             ORDER BY needed.number""";

    private static final String UNBOUND = """
            SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)""";

    private final DataSource dataSource;
    private final boolean migrate;

    public SemelTables(DataSource dataSource, boolean migrate) {
        this.dataSource = dataSource;
        this.migrate = migrate;
    }

    /** @throws MissingTablesException if there are tables missing afterwards */
    @Override
    public void afterPropertiesSet() throws SQLException {
        if (migrate) {
            Flyway.configure(SemelTables.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas("semel")
                    .locations("classpath:db/semel/core")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        }
        try (Connection connection = dataSource.getConnection()) {
            requireTables(connection);
            warnIfUnbound(connection);
        }
    }

    private static void requireTables(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(MISSING)) {
            select.setArray(1, connection.createArrayOf("text", NEEDED.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    missing.add(row.getString(1));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingTablesException(missing);
        }
    }

    private static void warnIfUnbound(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(UNBOUND);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                LOG.warn("The application's database login may see all tenants (superuser or BYPASSRLS): row-level"
                        + " security does not hold for it. Use a plain login, or SET ROLE semel_app.");
            }
        }
    }
}
