package dev.semel.server.database;

import dev.semel.server.options.StartException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schemas up to date, each module's with a history of its own. Several servers may start at once. */
final class Migrations {
    private static final List<Module> MODULES = List.of(
            new Module("semel", "classpath:db/semel/core"),
            new Module("semel_books", "classpath:db/semel/books"),
            new Module("semel_documents", "classpath:db/semel/documents"),
            new Module("semel_sync", "classpath:db/semel/sync"),
            new Module("semel_server", "classpath:db/semel/server"));

    private final DataSource owner;

    Migrations(DataSource owner) {
        this.owner = owner;
    }

    void run() {
        try (MigrationLock lock = MigrationLock.acquire(owner)) {
            MODULES.forEach(this::migrate);
        }
    }

    private void migrate(Module module) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(owner)
                    .schemas(module.schema())
                    .locations(module.location())
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StartException(
                    "The migration of the database schema " + module.schema() + " failed: " + Sentences.firstLine(e),
                    e);
        }
    }

    private record Module(String schema, String location) {}
}
