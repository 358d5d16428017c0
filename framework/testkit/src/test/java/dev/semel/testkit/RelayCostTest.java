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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a claim and a look cost after many events have gone through, and how the outbox is measured. */
@ExtendWith(PostgresExtension.class)
class RelayCostTest extends RelayFixture {
    private static final int GONE_THROUGH = Integer.getInteger("semel.test.goneThrough", 100_000);
    private static final int TIMES = 20;

    RelayCostTest(TestDatabase database) {
        super(database);
    }

    /** Rows that are gone cannot be vacuumed while somebody may still see them; neither a claim nor a look may read them again. */
    @Test
    void claimsAndLooksReadNoMoreWhileALongTransactionKeepsRowsFromBeingVacuumed() throws Exception {
        database.run("ALTER TABLE semel.outbox_events SET (autovacuum_enabled = false)"); // it reads blocks too
        goThrough(GONE_THROUGH);
        database.run("VACUUM semel.outbox_events");
        Cost vacuumed = cost();
        try (Connection reader = connect();
                Statement statement = reader.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM semel.outbox_events");
            goThrough(GONE_THROUGH);
            Cost pinned = cost();

            System.out.printf(
                    "relay, blocks after %d events: %s; with a transaction open %s%n", GONE_THROUGH, vacuumed, pinned);
            assertThat(pinned.claim()).isLessThan(2 * vacuumed.claim());
            assertThat(pinned.claimOfANewTenant()).isLessThan(2 * vacuumed.claimOfANewTenant());
            assertThat(pinned.look()).isLessThan(2 * vacuumed.look() + 1);
            assertThat(blocksOfAFullLook()).as("the rows are still there").isGreaterThan(GONE_THROUGH / 50.0);
        }
    }

    /** A relay looks all the time, also when a sink has been down for days, and each tenant has something that is parked. */
    @Test
    void deliveriesThatAreParkedOrWaitForASinkThatIsDownMakeNoLookAndNoClaimDearer() throws Exception {
        database.run("ALTER TABLE semel.outbox_events SET (autovacuum_enabled = false)");
        goThrough(GONE_THROUGH);
        database.run("VACUUM semel.outbox_events");
        Cost empty = cost();
        database.run("""
                INSERT INTO semel.outbox_events
                       (tenant_id, sink, event_id, ordering_key, type, payload, operation_type, request_id, next_attempt_at)
                SELECT CASE WHEN i %% 2 = 0 THEN 'acme' ELSE 'tenant-' || i %% 50 END, 'down', gen_random_uuid(), 'k' || i, 'noted', '"waits"', 'note', 'r',
                       clock_timestamp() - interval '1 minute'
                  FROM generate_series(1, %d) AS i;
                INSERT INTO semel.outbox_events
                       (tenant_id, sink, event_id, ordering_key, type, payload, operation_type, request_id, next_attempt_at,
                        parked_at, parked_reason)
                SELECT 'parked-' || i, 'memory', gen_random_uuid(), 'k', 'noted', '"poison"', 'note', 'r', 'infinity',
                       clock_timestamp(), 'MAX_ATTEMPTS'
                  FROM generate_series(1, 5000) AS i""".formatted(GONE_THROUGH));

        Cost waiting = cost();

        System.out.printf("relay, blocks: %s; while %d deliveries wait %s%n", empty, GONE_THROUGH, waiting);
        assertThat(waiting.claim()).isLessThan(2 * empty.claim());
        assertThat(waiting.look()).isLessThan(2 * empty.look());
        database.run("DELETE FROM semel.outbox_events");
    }

    /** Blocks of the outbox, its indexes included. */
    private record Cost(double claim, double claimOfANewTenant, double look) {}

    private Cost cost() throws Exception {
        return new Cost(
                blocks(relay -> deliver(relay, "acme")),
                blocks(relay -> deliver(relay, "tenant-" + keys)),
                blocks(Relay::drain));
    }

    /** Reading, claiming, acknowledging. */
    private void deliver(Relay relay, String tenant) {
        note(tenant, "k", "one");
        assertThat(relay.drain()).isEqualTo(1);
    }

    /** By a relay of its own, which has measured the outbox already and does so again after ten seconds. */
    private double blocks(Consumer<Relay> work) throws Exception {
        HikariDataSource own = database.pool(6);
        try (Leases ownLeases = Leases.of(Transactions.of(own), new LeaseListener() {})) {
            Relay relay = relay(own, ownLeases);
            for (int i = 0; i < 3; i++) {
                relay.drain();
            }
            return blocks(own, () -> work.accept(relay));
        }
    }

    private double blocksOfAFullLook() throws Exception {
        HikariDataSource own = database.pool(6);
        try (Leases ownLeases = Leases.of(Transactions.of(own), new LeaseListener() {})) {
            return blocks(own, () -> relay(own, ownLeases).drain());
        }
    }

    private double blocks(HikariDataSource own, Runnable work) throws Exception {
        long before = blocks(own);
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        return (blocks(own) - before) / (double) TIMES;
    }

    /** A relay that has not looked yet. */
    private Relay relay(HikariDataSource own, Leases ownLeases) {
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

    /** A server process tells what it has counted now and then; asked for it, before it answers. */
    private long blocks(HikariDataSource own) throws Exception {
        tellCounts(own);
        tellCounts((HikariDataSource) pool);
        return database.number("SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read"
                + " FROM pg_statio_all_tables WHERE relid = 'semel.outbox_events'::regclass");
    }

    /** On each connection of the pool. */
    private static void tellCounts(HikariDataSource source) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < source.getMaximumPoolSize(); i++) {
                all.add(source.getConnection());
            }
            for (Connection connection : all) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_stat_force_next_flush()");
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
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
