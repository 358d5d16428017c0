package dev.semel.server.database;

import dev.semel.server.options.ServerOptions;
import dev.semel.server.options.StartException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL that somebody else runs. Its login user owns what the migrations make; the application logs in as the same
 * user and becomes {@code semel_app} on each connection.
 */
final class ExternalDatabase {
    private static final int OLDEST = 15;

    private ExternalDatabase() {}

    static Database open(ServerOptions.External options) {
        DatabaseLogin login = new DatabaseLogin(options.url(), options.user(), options.password());
        requireUsable(login, options);
        new Migrations(login.patientDataSource()).run();
        return new Database(login, login, () -> {});
    }

    private static void requireUsable(DatabaseLogin login, ServerOptions.External options) {
        try (Connection connection = login.patientDataSource().getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new StartException("The database at " + options.place() + " is PostgreSQL " + version
                        + "; Semel needs " + OLDEST + " or newer.");
            }
        } catch (SQLException e) {
            throw new StartException(
                    "The database at " + options.place() + " cannot be reached as " + options.user() + ": "
                            + Sentences.firstLine(e),
                    e);
        }
    }
}
