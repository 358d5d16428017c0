package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.Write;
import dev.semel.jackson.JacksonCodec;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers that sleep and roll back, two relay nodes of which one is a process that is killed again and again, and what arrives.
 * {@code -Dsemel.test.relaySeconds=60} makes it longer.
 */
@ExtendWith(PostgresExtension.class)
class RelayClusterTest {
    private record Step(String orderingKey, boolean fails) {}

    private static final Operation<Step, Step> STEP =
            Operation.standard("step", Step.class, Step.class).emits("stepped").build();
    private static final int WRITERS = 24;
    private static final int TENANTS = 5; // more than a node has workers
    private static final int ORDERING_KEYS = 50;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("semel.test.relaySeconds", 12));
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);
    private static final Duration BETWEEN_KILLS =
            Duration.ofMillis(Math.min(5_000, LENGTH.dividedBy(4).toMillis()));
    private static final String RAISE = """
            INSERT INTO steps.counters AS counter (tenant_id, ordering_key, version) VALUES (?, ?, 1)
                ON CONFLICT (tenant_id, ordering_key) DO UPDATE SET version = counter.version + 1 RETURNING version""";
    private final TestDatabase database;
    private final Queue<OutboxEvent> outside = new ConcurrentLinkedQueue<>();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong kills = new AtomicLong();

    RelayClusterTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
        database.run("""
                DROP SCHEMA IF EXISTS steps CASCADE;
                CREATE SCHEMA steps;
                CREATE TABLE steps.counters (
                    tenant_id text, ordering_key text, version bigint, PRIMARY KEY (tenant_id, ordering_key));
                CREATE TABLE steps.inbox (tenant_id text, event_id uuid, ordering_key text, version bigint,
                    arrived bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (tenant_id, event_id));
                GRANT USAGE ON SCHEMA steps TO semel_app;
                GRANT SELECT, INSERT, UPDATE ON steps.counters, steps.inbox TO semel_app;
                TRUNCATE semel.leases, semel.daily_usage;
                """);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void nothingIsLostDoubledInvertedOrEmittedForARollback(double sinkFailures) throws Exception {
        EventSink sink = event -> {
            if (ThreadLocalRandom.current().nextDouble() < sinkFailures) {
                throw new IllegalStateException("as configured");
            }
            outside.add(event);
        };
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try (EventReceiver receiver = new EventReceiver(sink);
                RelayNode steady = RelayNode.start(database.owner(), sink)) {
            List<Future<?>> work = new ArrayList<>();
            long end = System.nanoTime() + LENGTH.toNanos();
            Semel semel = engine(database.pool(WRITERS));
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer-" + i;
                work.add(threads.submit(() -> write(semel, name, end)));
            }
            work.add(threads.submit(() -> {
                killAgainAndAgain(receiver, end);
                return null;
            }));
            for (Future<?> one : work) {
                one.get();
            }
            awaitEmptyOutbox();
            assertThat(receiver.received())
                    .as("events that the killed nodes delivered")
                    .isPositive();
        } finally {
            threads.shutdownNow();
        }
        assertArrivals(sinkFailures);
    }

    private void assertArrivals(double sinkFailures) {
        assertThat(committed.get()).isGreaterThan(500);
        assertThat(database.number("SELECT count(*) FROM steps.inbox")).isEqualTo(committed.get());
        assertThat(database.number("SELECT sum(version) FROM steps.counters")).isEqualTo(committed.get());
        assertThat(database.number("SELECT sum(count) FROM semel.daily_usage")).isEqualTo(committed.get());
        assertThat(database.number("""
                SELECT count(*) FROM (SELECT version, row_number() OVER (PARTITION BY tenant_id, ordering_key
                       ORDER BY arrived) AS place FROM steps.inbox) AS arrival WHERE version <> place"""))
                .as("inversions and gaps at the sink in the database")
                .isZero();
        Set<Object> seen = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        for (OutboxEvent event : outside) {
            if (seen.add(event.id())) {
                long expected = last.merge(event.tenant() + event.orderingKey(), 1L, Long::sum);
                assertThat(RelayNode.version(event))
                        .as("first arrivals are in order")
                        .isEqualTo(expected);
            }
        }
        assertThat(seen).hasSize((int) committed.get());
        System.out.printf(
                "relay cluster, %.0f %% sink failures: %d events, %d deliveries outside, %d kills, 0 lost, 0 inverted%n",
                sinkFailures * 100, committed.get(), outside.size(), kills.get());
    }

    private static Semel engine(HikariDataSource pool) {
        return Semel.builder(Transactions.of(pool), JacksonCodec.ofDefaults())
                .handle(STEP, RelayClusterTest::step)
                .build();
    }

    private static Step step(Write<Step> write) throws SQLException, InterruptedException {
        String orderingKey = write.payload().orderingKey();
        try (PreparedStatement statement = write.connection().prepareStatement(RAISE)) {
            statement.setString(1, write.tenant());
            statement.setString(2, orderingKey);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                write.emit("stepped", orderingKey, row.getLong(1));
            }
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(8));
        if (write.payload().fails()) {
            throw new IllegalStateException("rolled back");
        }
        return write.payload();
    }

    private void write(Semel semel, String name, long end) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; System.nanoTime() < end; i++) {
            boolean fails = random.nextInt(20) == 0;
            Step step = new Step("k" + random.nextInt(ORDERING_KEYS), fails);
            String tenant = "tenant-" + random.nextInt(TENANTS);
            try {
                semel.execute(STEP, Shop.caller(tenant), Key.of(name + "-" + i), step);
                committed.incrementAndGet();
            } catch (IllegalStateException rolledBack) {
                assertThat(fails).isTrue();
            }
        }
    }

    /** A node in a process of its own, which gets no chance to end well. */
    private void killAgainAndAgain(EventReceiver receiver, long end) throws Exception {
        while (System.nanoTime() < end) {
            long before = receiver.received();
            Process node = RelayNode.startProcess(database, receiver.port());
            try {
                Thread.sleep(BETWEEN_KILLS.toMillis());
                while (receiver.received() == before && System.nanoTime() < end) {
                    Thread.sleep(20); // it has not delivered anything yet: its death would show nothing
                }
                assertThat(node.isAlive()).as("the node did not end by itself").isTrue();
            } finally {
                node.destroyForcibly().waitFor();
                kills.incrementAndGet();
            }
        }
    }

    /** However much there is: something has to move all the time, but for the moment until a dead node's lease expires. */
    private void awaitEmptyOutbox() throws InterruptedException {
        long left = Long.MAX_VALUE;
        long deadline = System.nanoTime();
        for (long now = rows(); now > 0; now = rows()) {
            if (now < left) {
                left = now;
                deadline = System.nanoTime() + LONGEST_STANDSTILL.toNanos();
            }
            assertThat(System.nanoTime()).as("%d events stand still", now).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private long rows() {
        return database.number("SELECT count(*) FROM semel.outbox_events");
    }
}
