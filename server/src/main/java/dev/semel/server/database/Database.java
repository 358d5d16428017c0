package dev.semel.server.database;

import dev.semel.server.options.ServerOptions;
import javax.sql.DataSource;

/**
 * A migrated PostgreSQL with two ways in: the owner's, for migrations and for what a start has to prepare, and the
 * application's, which sees one tenant at a time. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private final DatabaseLogin owner;
    private final DatabaseLogin application;
    private final Runnable end;

    Database(DatabaseLogin owner, DatabaseLogin application, Runnable end) {
        this.owner = owner;
        this.application = application;
        this.end = end;
    }

    /**
     * Starts the embedded database or connects to the external one, and migrates it.
     *
     * @throws dev.semel.server.options.StartException if the database cannot be reached, is too old, or refuses a migration
     * @throws dev.semel.postgres.EmbeddedPostgresException if the embedded one cannot be started
     */
    public static Database open(ServerOptions options) {
        return options.database().map(ExternalDatabase::open).orElseGet(() -> EmbeddedDatabase.open(options.data()));
    }

    /** Connections of the role that owns the schemas; not pooled. */
    public DataSource owner() {
        return owner.patientDataSource();
    }

    /** How the application logs in. */
    DatabaseLogin application() {
        return application;
    }

    /** How maintenance logs in: as the owner, who becomes {@code semel_maintenance} on each connection. */
    DatabaseLogin maintenance() {
        return owner;
    }

    /** Ends the embedded database; leaves an external one alone. */
    @Override
    public void close() {
        end.run();
    }
}
