package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Transactions;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;

/**
 * The manual relay: delivers when it is told to, in the calling thread, and does nothing by itself. Thread-safe.
 */
public final class TestRelay implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Leases leases;
    private final Relay relay;

    private TestRelay(HikariDataSource pool, Leases leases, Relay relay) {
        this.pool = pool;
        this.leases = leases;
        this.relay = relay;
    }

    /** A relay of this database's events to those sinks, with the default policies. */
    public static TestRelay of(TestDatabase database, Subscription... subscriptions) {
        HikariDataSource pool = database.pool(CONNECTIONS);
        Transactions transactions = Transactions.of(pool);
        Leases leases = Leases.of(transactions, new LeaseListener() {});
        Relay.Builder relay = Relay.builder(transactions, MaintenanceTransactions.of(pool), leases);
        for (Subscription subscription : subscriptions) {
            relay.subscribe(subscription);
        }
        return new TestRelay(pool, leases, relay.build());
    }

    /**
     * Delivers what is due by now. What failed is due again after a pause: {@link TestDatabase#passTime}.
     *
     * @return how many deliveries were acknowledged
     */
    public int drain() {
        return relay.drain();
    }

    /** Ends it and closes its connections. */
    @Override
    public void close() {
        relay.close();
        leases.close();
        pool.close();
    }
}
