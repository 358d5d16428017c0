package dev.semel.sync.proof;

import dev.semel.testkit.TestDatabase;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Cuts a connection now and then, whatever it is in the middle of. */
record BackendKiller(TestDatabase database, AtomicBoolean over) implements Runnable {
    @Override
    public void run() {
        while (!over.get()) {
            LockSupport.parkNanos(200_000_000);
            database.number("""
                SELECT count(pg_terminate_backend(pid)) FROM (
                    SELECT pid FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                      AND state <> 'idle'
                    ORDER BY random() LIMIT 1) AS victim
                """);
        }
    }
}
