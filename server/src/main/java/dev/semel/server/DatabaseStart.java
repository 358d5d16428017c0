package dev.semel.server;

import dev.semel.server.database.Database;
import dev.semel.server.options.ServerOptions;
import dev.semel.server.options.StartException;
import dev.semel.server.tokens.AdminToken;
import dev.semel.server.tokens.TokenBootstrap;
import dev.semel.server.tokens.TokenSecret;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts the database beside the rest, which takes as long. */
final class DatabaseStart {
    private final FutureTask<Prepared> task;

    private DatabaseStart(FutureTask<Prepared> task) {
        this.task = task;
    }

    /**
     * A database that is ready for the application.
     *
     * @param adminToken the token that this start made, if it was the first one
     * @param tokenSecret derives new tokens
     */
    record Prepared(Database database, Optional<AdminToken> adminToken, TokenSecret tokenSecret) {}

    static DatabaseStart begin(ServerOptions options) {
        FutureTask<Prepared> task = new FutureTask<>(() -> prepare(options));
        // A thread of its own, for the class loader of an executable jar; not a pool's.
        Thread thread = new Thread(task, "semel-database-start");
        thread.setDaemon(true);
        thread.start();
        return new DatabaseStart(task);
    }

    private static Prepared prepare(ServerOptions options) {
        TokenBootstrap bootstrap = TokenBootstrap.of(options);
        Database database = Database.open(options);
        try {
            return new Prepared(database, bootstrap.run(database.owner()), TokenSecret.of(options));
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** Waits for it; throws what its start threw. */
    Prepared await() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** The rest failed: ends the database if it came up. */
    void abandon() {
        try {
            task.get().database().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // It has not come up, and somebody else reports why.
        }
    }
}
