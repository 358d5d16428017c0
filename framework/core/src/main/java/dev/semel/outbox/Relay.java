package dev.semel.outbox;

import dev.semel.Transactions;
import dev.semel.failpoint.Failpoints;
import dev.semel.internal.outbox.DatabaseRelay;
import dev.semel.internal.outbox.RelayConfig;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Delivers committed events to the sinks that are subscribed to them. Any number of nodes may run one; a tenant's events are
 * delivered by one node at a time. Thread-safe.
 *
 * <p>Within an ordering key a sink gets events in commit order. What it cannot take is tried again without holding up other
 * ordering keys or other sinks, and parked in the end.
 */
public interface Relay extends AutoCloseable {
    /**
     * Starts the configuration of a relay.
     *
     * @param transactions of the application: acknowledgements and sinks in the database run in them, one tenant at a time
     * @param maintenance finds the tenants that have something to deliver
     * @param leases keep two nodes from delivering one tenant's events
     */
    static Builder builder(Transactions transactions, MaintenanceTransactions maintenance, Leases leases) {
        return new Builder(transactions, maintenance, leases);
    }

    /** Starts delivering in threads of its own. */
    void start();

    /** Says that the tenant has committed an event. Cheap and never waits. */
    void wake(String tenant);

    /** Says that somebody may have committed an event, in another process for example. Cheap and never waits. */
    void lookNow();

    /**
     * Delivers what is due now, in the calling thread: for tests and for operators.
     *
     * @return how many deliveries were acknowledged
     */
    int drain();

    /** Stops after the batches that are being delivered; waits for them, at most ten seconds. */
    @Override
    void close();

    /** Collects a relay's configuration. Not thread-safe. */
    final class Builder {
        private final Transactions transactions;
        private final MaintenanceTransactions maintenance;
        private final Leases leases;
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final Map<String, DeliveryPolicy> policies = new HashMap<>();
        private final List<RelayListener> listeners = new ArrayList<>();
        private Failpoints failpoints = Failpoints.disabled();
        private OutagePolicy outage = OutagePolicy.ofDefaults();
        private Duration pollInterval = Duration.ofSeconds(1);
        private int workers = 2;
        private int batchSize = 200;
        private Duration deliveryTimeout = Duration.ofSeconds(30);

        private Builder(Transactions transactions, MaintenanceTransactions maintenance, Leases leases) {
            this.transactions = transactions;
            this.maintenance = maintenance;
            this.leases = leases;
        }

        /** Adds a sink. An event that no sink is subscribed to is logged and acknowledged. */
        public Builder subscribe(Subscription subscription) {
            subscriptions.add(subscription);
            return this;
        }

        /** What happens to failing deliveries of one event type. Default: {@link DeliveryPolicy#ofDefaults}. */
        public Builder policy(String eventType, DeliveryPolicy policy) {
            policies.put(eventType, policy);
            return this;
        }

        /** Adds somebody who is told of deliveries. Default: nobody. */
        public Builder listener(RelayListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Failpoints for tests and rehearsals. Default: disabled. */
        public Builder failpoints(Failpoints enabled) {
            failpoints = enabled;
            return this;
        }

        /** When a sink counts as down. Default: {@link OutagePolicy#ofDefaults}. */
        public Builder outage(OutagePolicy policy) {
            outage = policy;
            return this;
        }

        /** The longest time that a committed event waits unseen. Default: one second. Costs two small queries each time. */
        public Builder pollInterval(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /** How many tenants are served at the same time. Default: 2. Each worker takes a connection now and then. */
        public Builder workers(int number) {
            workers = number;
            return this;
        }

        /** How many events are acknowledged in one transaction, at most. Default: 200. */
        public Builder batchSize(int events) {
            batchSize = events;
            return this;
        }

        /**
         * How long a sink outside the database is waited for before its delivery is interrupted and counts as failed. Default: 30
         * seconds, longer than sinks give themselves. A belt: while one hangs, its tenant's events and a worker wait.
         */
        public Builder deliveryTimeout(Duration timeout) {
            deliveryTimeout = timeout;
            return this;
        }

        /**
         * The relay, not started yet.
         *
         * @throws IllegalArgumentException if two subscriptions share a sink name, or a number is not positive
         */
        public Relay build() {
            return new DatabaseRelay(
                    transactions,
                    maintenance,
                    leases,
                    new RelayConfig(
                            subscriptions,
                            policies,
                            listeners,
                            failpoints,
                            outage,
                            new RelayConfig.Pace(pollInterval, workers, batchSize, deliveryTimeout)));
        }
    }
}
