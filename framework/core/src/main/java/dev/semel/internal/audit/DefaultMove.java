package dev.semel.internal.audit;

import dev.semel.internal.SettledIds;
import dev.semel.internal.SqlFailures;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Empties a default partition with many rows into their months, in batches: copies them beside the log, lets the copies take their
 * place in a moment, removes the originals. Each batch is a transaction; wherever it stops, the next run goes on.
 */
final class DefaultMove {
    private static final int BATCH = 2_000;
    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 250;

    private final MaintenanceTransactions maintenance;
    private final SettledIds settledIds =
            new SettledIds("semel.idempotent_write_audit_log", "semel.audit_log_ids"); // one run at a time

    DefaultMove(MaintenanceTransactions maintenance) {
        this.maintenance = maintenance;
    }

    /** Does nothing if there are few rows, or no month to move them to; stops early when the thread is interrupted. */
    void run() throws Exception {
        boolean moving = maintenance.run(connection -> new DefaultPartition(connection).begin());
        if (moving && copyAndSwap()) {
            tidy();
        }
    }

    private boolean copyAndSwap() throws Exception {
        int tries = 0;
        while (tries < TRIES && !Thread.currentThread().isInterrupted()) {
            if (copy() >= BATCH) {
                continue;
            }
            if (swap()) {
                return true;
            }
            tries++;
            pause();
        }
        return false;
    }

    private int copy() throws Exception {
        long settled = maintenance.run(connection -> {
            settledIds.advance(connection);
            return settledIds.advance(connection);
        });
        return maintenance.run(connection -> new DefaultPartition(connection).copy(settled, BATCH));
    }

    private boolean swap() throws Exception {
        try {
            return maintenance.run(connection -> new DefaultPartition(connection).swap());
        } catch (SQLException e) {
            if (SqlFailures.isLockTimeout(e)) {
                return false;
            }
            throw e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what an earlier move left, if one did. */
    void tidy() throws Exception {
        Optional<Long> last = Optional.of(Long.MIN_VALUE);
        while (last.isPresent() && !Thread.currentThread().isInterrupted()) {
            long after = last.get();
            last = maintenance.run(connection -> new DefaultPartition(connection).tidy(after, BATCH));
        }
    }
}
