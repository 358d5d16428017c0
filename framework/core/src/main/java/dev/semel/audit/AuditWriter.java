package dev.semel.audit;

import dev.semel.Transactions;
import dev.semel.internal.audit.QueuedAuditTrail;
import dev.semel.internal.audit.WriterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes audit entries into the audit log in the background: a bounded queue, one daemon thread, a transaction per batch and
 * tenant. An entry that cannot be kept is lost; losses are counted and logged, at most every ten seconds. Thread-safe.
 *
 * <p>Entries that are queued when the process dies are lost uncounted: only executions are audited in their own transactions.
 */
public interface AuditWriter extends AuditTrail, AutoCloseable {
    /**
     * Starts the configuration of a writer.
     *
     * @param transactions of the application; one connection now and then
     */
    static Builder builder(Transactions transactions) {
        return new Builder(transactions);
    }

    /**
     * Waits until the entries that were added before are written or lost.
     *
     * @param limit how long to wait at most
     * @return false if the time was not enough, or the thread was interrupted
     */
    boolean flush(Duration limit);

    /** Writes what is queued, for as long as the drain limit allows; the rest and all later entries are lost. */
    @Override
    void close();

    /** Collects a writer's configuration. Not thread-safe. */
    final class Builder {
        private final Transactions transactions;
        private final List<AuditListener> listeners = new ArrayList<>();
        private int capacity = 10_000;
        private int batchSize = 200;
        private Duration patience = Duration.ofSeconds(30);
        private Duration drainLimit = Duration.ofSeconds(5);

        private Builder(Transactions transactions) {
            this.transactions = transactions;
        }

        /** Adds somebody who is told of entries written and lost. Default: nobody. */
        public Builder listener(AuditListener listener) {
            listeners.add(listener);
            return this;
        }

        /** How many entries wait at most; about 500 bytes each. Default: 10,000. */
        public Builder capacity(int entries) {
            capacity = entries;
            return this;
        }

        /** How many entries go into one transaction at most. Default: 200. */
        public Builder batchSize(int entries) {
            batchSize = entries;
            return this;
        }

        /** How long a batch is tried again while the database cannot be reached. Default: 30 seconds. */
        public Builder patience(Duration length) {
            patience = length;
            return this;
        }

        /** How long {@link AuditWriter#close} goes on writing. Default: five seconds. */
        public Builder drainLimit(Duration length) {
            drainLimit = length;
            return this;
        }

        /**
         * The writer, with its thread running.
         *
         * @throws IllegalArgumentException if a number is not positive or a duration is negative
         */
        public AuditWriter build() {
            return QueuedAuditTrail.start(
                    transactions, new WriterConfig(List.copyOf(listeners), capacity, batchSize, patience, drainLimit));
        }
    }
}
