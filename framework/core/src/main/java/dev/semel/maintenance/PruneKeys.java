package dev.semel.maintenance;

import dev.semel.internal.maintenance.PrunableKeys;
import java.time.Duration;
import java.util.List;

/**
 * Removes idempotency keys whose retention is over, by the database's clock. A {@link dev.semel.Risk#FINANCIAL} key loses its
 * response and stays as a tombstone as long as the audit log is kept.
 *
 * <p>Goes through them oldest first in short transactions, tenant by tenant, and passes over rows that somebody else has
 * locked; nobody waits for it for longer than one such transaction. After each it rests for twice the time that it took, so that a
 * backlog of keys does not take the database from those who write. Thread-safe.
 */
public final class PruneKeys implements MaintenanceJob {
    private static final Duration LONGEST_TRANSACTION = Duration.ofMillis(15);
    private static final int MOST_KEYS = 2_000;
    private static final int FEWEST_KEYS = 50;
    private static final int REST = 2;

    private final MaintenanceTransactions transactions;
    private final Duration interval;

    private PruneKeys(MaintenanceTransactions transactions, Duration interval) {
        this.transactions = transactions;
        this.interval = interval;
    }

    /** Every five minutes. */
    public static PruneKeys ofDefaults(MaintenanceTransactions transactions) {
        return new PruneKeys(transactions, Duration.ofMinutes(5));
    }

    @Override
    public String name() {
        return "prune-keys";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public JobResult run() throws Exception {
        PrunableKeys.Place start = transactions.run(PrunableKeys::start);
        long done = 0;
        for (PrunableKeys.Kind kind : PrunableKeys.Kind.values()) {
            done += prune(kind, start);
        }
        return new JobResult(done, transactions.run(connection -> PrunableKeys.eligible(connection, start.until())));
    }

    private long prune(PrunableKeys.Kind kind, PrunableKeys.Place beginning) throws Exception {
        long done = 0;
        int size = MOST_KEYS;
        PrunableKeys.Place place = beginning;
        while (!Thread.currentThread().isInterrupted()) {
            PrunableKeys.Place from = place;
            int limit = size;
            long begun = System.nanoTime();
            List<PrunableKeys.Due> due = transactions.run(connection -> kind.due(connection, from, limit));
            if (due.isEmpty()) {
                break;
            }
            long start = System.nanoTime();
            int pruned = transactions.run(connection -> kind.prune(connection, due));
            size = next(size, Duration.ofNanos(System.nanoTime() - start));
            place = from.after(due, pruned > 0);
            done += pruned;
            rest(Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST));
        }
        return done;
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Half as many after a transaction that took too long, a few more after one that did not. */
    private static int next(int size, Duration took) {
        boolean slow = took.compareTo(LONGEST_TRANSACTION) > 0;
        return slow ? Math.max(FEWEST_KEYS, size / 2) : Math.min(MOST_KEYS, size + size / 8 + 1);
    }
}
