package dev.semel.spring.internal;

import dev.semel.CoreSchema;
import dev.semel.SchemaMismatchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Makes Semel's tables, with a history of their own in their own schema, and looks whether they are what the core needs. */
public final class SemelTables implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(SemelTables.class);
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String UNBOUND = """
            SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)""";

    private final DataSource dataSource;
    private final boolean migrate;

    public SemelTables(DataSource dataSource, boolean migrate) {
        this.dataSource = dataSource;
        this.migrate = migrate;
    }

    /** @throws SchemaMismatchException if the tables are not what the core needs afterwards, or may not be made */
    @Override
    public void afterPropertiesSet() throws SQLException {
        try {
            prepare();
        } catch (SQLException e) {
            NoDatabaseException none = NoDatabaseException.of(e);
            if (none != null) {
                throw none;
            }
            throw e;
        }
    }

    private void prepare() throws SQLException {
        if (migrate) {
            migrate();
        }
        try (Connection connection = dataSource.getConnection()) {
            CoreSchema.require(connection);
            warnIfUnbound(connection);
        }
    }

    private void migrate() throws SQLException {
        FluentConfiguration configuration = Flyway.configure(SemelTables.class.getClassLoader())
                .dataSource(dataSource)
                .schemas("semel")
                .locations("classpath:db/semel/core")
                .failOnMissingLocations(true);
        OptionalInt ranByHand = version();
        if (ranByHand.isPresent()) {
            configuration.baselineOnMigrate(true).baselineVersion(String.valueOf(ranByHand.getAsInt()));
        }
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            throw isForbidden(e) ? forbidden(e) : e;
        }
    }

    /** Where there is a history already, Flyway goes by that. */
    private OptionalInt version() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return CoreSchema.version(connection);
        }
    }

    private static boolean isForbidden(FlywayException failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(
                        cause -> cause instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState()));
    }

    private static SchemaMismatchException forbidden(FlywayException failure) {
        SchemaMismatchException mismatch = new SchemaMismatchException(
                "The application's database login may not make Semel's tables and roles.",
                "Give it the right to create in the database and CREATEROLE, or set semel.migrate=false and let another login"
                        + " run the scripts that dev.semel.CoreSchema of semel-core prints.");
        mismatch.initCause(failure);
        return mismatch;
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
