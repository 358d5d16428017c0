package dev.semel.lease;

import dev.semel.Transactions;
import dev.semel.internal.lease.DatabaseLeases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Acquires leases. Thread-safe. Waiting holds no connection.
 *
 * <p>Each acquisition is a holder of its own: the same thread that acquires a target twice waits for itself.
 */
public interface Leases extends AutoCloseable {
    /** Leases in the database of these transactions, which run in the role of the application. The listeners are all told. */
    static Leases of(Transactions transactions, LeaseListener... listeners) {
        return new DatabaseLeases(transactions, List.of(listeners));
    }

    /**
     * Acquires the target if it is free or its lease has expired, by the database's clock. One round trip.
     *
     * @param target 1–200 visible ASCII characters
     * @param length how long the lease lives without renewal; it is renewed after each third of it
     * @throws dev.semel.UnavailableException if the database cannot be reached
     */
    Optional<Lease> tryAcquire(String tenant, String target, Duration length);

    /**
     * As {@link #tryAcquire}, trying again with growing pauses until the patience is over. Holds no connection meanwhile.
     *
     * @return empty if the target stayed taken
     * @throws dev.semel.UnavailableException if the database cannot be reached or the thread is interrupted
     */
    Optional<Lease> acquire(String tenant, String target, Duration length, Duration patience);

    /** Ends the renewal of all leases, without releasing them: they expire. */
    @Override
    void close();
}
