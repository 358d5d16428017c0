package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Transactions;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.outbox.OutboxMeasure;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a claim costs after many events have gone through, and how the outbox is measured. */
@ExtendWith(PostgresExtension.class)
class RelayCostTest extends RelayFixture {
    private static final int GONE_THROUGH = Integer.getInteger("semel.test.goneThrough", 100_000);
    private static final int CLAIMS = 20;

    RelayCostTest(TestDatabase database) {
        super(database);
    }

    /** Rows that are gone cannot be vacuumed while somebody may still see them; a claim must not read them again. */
    @Test
    void claimReadsNoMoreWhileALongTransactionKeepsRowsFromBeingVacuumed() throws Exception {
        database.run("ALTER TABLE semel.outbox_events SET (autovacuum_enabled = false)"); // it reads blocks too
        double alone = blocksOfAClaim(false);
        try (Connection reader = connect();
                Statement statement = reader.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM semel.outbox_events");
            goThrough(GONE_THROUGH);
            double pinned = blocksOfAClaim(false);
            double fromTheBeginning = blocksOfAClaim(true);

            System.out.printf(
                    "relay claim: %.0f blocks; %.0f after %d events with a transaction open; from the beginning %.0f%n",
                    alone, pinned, GONE_THROUGH, fromTheBeginning);
            assertThat(pinned)
                    .as("a few rows of the last looks, however many are gone")
                    .isLessThan(3 * alone);
            assertThat(fromTheBeginning).as("the rows are still there").isGreaterThan(10 * alone);
        }
    }

    /** Blocks of the outbox, its indexes included, that a drained event costs: reading, claiming, acknowledging. */
    private double blocksOfAClaim(boolean fromTheBeginning) throws Exception {
        HikariDataSource own = database.pool(6);
        try (Leases ownLeases = Leases.of(Transactions.of(own), new LeaseListener() {})) {
            Relay relay = Relay.builder(Transactions.of(own), MaintenanceTransactions.of(own), ownLeases)
                    .subscribe(Subscription.to("memory", sink, "noted"))
                    .build();
            relay.drain();
            relay.drain();
            long before = blocks(own);
            for (int i = 0; i < CLAIMS; i++) {
                note("acme", "k", "one");
                assertThat((fromTheBeginning ? again(own, ownLeases) : relay).drain())
                        .isEqualTo(1);
            }
            return (blocks(own) - before) / (double) CLAIMS;
        }
    }

    /** A relay that has not looked yet. */
    private Relay again(HikariDataSource own, Leases ownLeases) {
        return Relay.builder(Transactions.of(own), MaintenanceTransactions.of(own), ownLeases)
                .subscribe(Subscription.to("memory", sink, "noted"))
                .build();
    }

    private void goThrough(int events) {
        database.run("""
                INSERT INTO semel.outbox_events (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id)
                SELECT CASE WHEN i %% 2 = 0 THEN 'acme' ELSE 'globex' END, gen_random_uuid(), 'k', 'noted', '"gone"', 'note', 'r'
                  FROM generate_series(1, %d) AS i""".formatted(events));
        database.run("DELETE FROM semel.outbox_events WHERE payload = '\"gone\"'");
    }

    /** A server process tells all that it has counted when it ends. */
    private long blocks(HikariDataSource own) throws Exception {
        own.getHikariPoolMXBean().softEvictConnections();
        ((HikariDataSource) pool).getHikariPoolMXBean().softEvictConnections();
        Thread.sleep(1_000);
        return database.number("SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read"
                + " FROM pg_statio_all_tables WHERE relid = 'semel.outbox_events'::regclass");
    }

    @Test
    void outboxIsMeasuredByItsOldestEventAndItsParkedDeliveries() {
        sink.refuse(event -> true);
        note("acme", "k", "poison");
        note("globex", "k", "poison");
        database.run(
                "UPDATE semel.outbox_events SET created_at = created_at - interval '1 hour' WHERE tenant_id = 'acme'");

        OutboxMeasure fresh = measureAndDeliver();
        assertThat(fresh.parked()).isZero();
        assertThat(fresh.oldestUnacked()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));

        OutboxMeasure failedOnce = measureAndDeliver();
        assertThat(failedOnce.parked()).isZero();
        assertThat(failedOnce.oldestUnacked()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));

        assertThat(measureAndDeliver()).isEqualTo(new OutboxMeasure(Duration.ZERO, 2));
    }

    /** A relay measures when it looks, before it delivers. */
    private OutboxMeasure measureAndDeliver() {
        AtomicReference<OutboxMeasure> measured = new AtomicReference<>();
        Relay.Builder builder = relayToMemory().listener(new RelayListener() {
            @Override
            public void measured(OutboxMeasure measure) {
                measured.set(measure);
            }
        });
        try (Relay relay = builder.build()) {
            relay.drain();
        }
        return measured.get();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.owner().jdbcUrl(),
                database.owner().user(),
                database.owner().password());
    }
}
