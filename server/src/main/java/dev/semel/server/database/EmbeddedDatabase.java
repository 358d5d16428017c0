package dev.semel.server.database;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import dev.semel.server.options.Secret;
import dev.semel.server.options.StartException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.sql.DataSource;

/**
 * The PostgreSQL that lives and dies with the server, in the folder {@code postgres} of the data folder.
 *
 * <p>Its superuser, whose password lies there in {@code connection.properties}, owns the database {@code semel} and runs the
 * migrations. The application logs in as {@code semel_server}, which owns nothing and may do nothing but become
 * {@code semel_app}; its password is made anew at each start and kept nowhere.
 */
final class EmbeddedDatabase {
    private static final String NAME = "semel";
    private static final String LOGIN = "semel_server";
    private static final int PASSWORD_BYTES = 32;

    private EmbeddedDatabase() {}

    static Database open(Path data) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(
                EmbeddedPostgresConfig.builder(data.resolve("postgres")).build());
        try {
            return prepare(postgres);
        } catch (SQLException e) {
            postgres.close();
            throw new StartException("The embedded database cannot be prepared: " + Sentences.firstLine(e), e);
        } catch (RuntimeException | Error e) {
            postgres.close();
            throw e;
        }
    }

    private static Database prepare(EmbeddedPostgres postgres) throws SQLException {
        PostgresConnection superuser = postgres.superuser();
        createDatabase(login(superuser, superuser.jdbcUrl()).patientDataSource());
        DatabaseLogin owner = login(superuser, "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + NAME);
        new Migrations(owner.patientDataSource()).run();
        Secret password = newPassword();
        createLogin(owner.patientDataSource(), password);
        EmbeddedDatabaseKeeper keeper = EmbeddedDatabaseKeeper.watch(postgres);
        return new Database(owner, new DatabaseLogin(owner.url(), LOGIN, password), keeper::close);
    }

    private static DatabaseLogin login(PostgresConnection superuser, String url) {
        return new DatabaseLogin(url, superuser.user(), new Secret(superuser.password()));
    }

    private static void createDatabase(DataSource superuser) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME);
            }
        }
    }

    private static void createLogin(DataSource owner, Secret password) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + LOGIN + "'")) {
                statement.execute("CREATE ROLE " + LOGIN + " LOGIN NOINHERIT NOBYPASSRLS");
            }
            statement.execute("GRANT semel_app TO " + LOGIN);
            // 256 random bits need no stretching, which every connection would pay for.
            statement.execute("SET scram_iterations = 1");
            statement.execute("ALTER ROLE " + LOGIN + " PASSWORD '" + password.value() + "'");
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static Secret newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
