package dev.semel.server.database;

import dev.semel.postgres.EmbeddedPostgres;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the embedded PostgreSQL back should it end while the server runs. Thread-safe. */
final class EmbeddedDatabaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabaseKeeper.class);
    private static final long SECONDS_BETWEEN_LOOKS = 1;
    private static final long SECONDS_TO_END = 60;

    private final EmbeddedPostgres postgres;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(look -> {
        Thread watch = new Thread(look, "semel-database-keeper");
        watch.setDaemon(true);
        return watch;
    });

    private EmbeddedDatabaseKeeper(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static EmbeddedDatabaseKeeper watch(EmbeddedPostgres postgres) {
        EmbeddedDatabaseKeeper keeper = new EmbeddedDatabaseKeeper(postgres);
        var unused = keeper.thread.scheduleWithFixedDelay(
                keeper::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        return keeper;
    }

    private void look() {
        if (postgres.isRunning()) {
            return;
        }
        LOG.warn("PostgreSQL has ended; it is started again");
        try {
            postgres.restart();
        } catch (RuntimeException e) {
            LOG.error("PostgreSQL does not start: {}", e.getMessage());
        }
    }

    /** Ends the watch, then PostgreSQL. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL is still being started");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postgres.close();
    }
}
