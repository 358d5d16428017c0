package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Transactions;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UsageReader;
import dev.semel.outbox.UsageReader.Usage;
import dev.semel.outbox.UsageSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Executed writes are counted exactly, by a statement for each turn. */
@ExtendWith(PostgresExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UsageSinkTest extends RelayFixture {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 31);

    UsageSinkTest(TestDatabase database) {
        super(database);
    }

    @Test
    void writesOfATurnAreCountedByOneStatement() {
        Queue<String> counting = new ConcurrentLinkedQueue<>();
        IntStream.range(0, 100).forEach(i -> note("acme", "k" + i % 7, String.valueOf(i)));
        StatementHook hook = new StatementHook() {
            @Override
            public void before(String sql) {
                if (sql.contains("semel.daily_usage")) {
                    counting.add(sql);
                }
            }
        };
        Transactions heard = Transactions.of(InterceptedDataSource.of(pool, hook));

        try (Relay relay = Relay.builder(heard, maintenance, leases)
                .subscribe(UsageSink.subscription())
                .build()) {
            assertThat(relay.drain()).isEqualTo(100);
        }

        assertThat(usage()).isEqualTo(100);
        assertThat(counting).hasSize(1);
    }

    /** The first turn falls back to one event at a time, the last does not. */
    @Test
    void countsAreExactForAMixOfDaysAndOperationsBesideASinkThatFails() throws Exception {
        DatabaseSink picky = (connection, event) -> {
            INBOX.apply(connection, event);
            if (text(event).equals("bad")) {
                throw new IllegalStateException("after its insert");
            }
        };
        try (Relay relay = relay().subscribe(UsageSink.subscription())
                .subscribe(Subscription.to("inbox", picky, "noted"))
                .build()) {
            executed(3, "pay", "2026-03-31T23:59:59.999Z", "good");
            executed(2, "pay", "2026-04-01T00:00:00Z", "bad");
            executed(4, "note", "2026-03-31T00:00:00Z", "good");
            executed(1, "pay", "2026-03-31T12:00:00Z", "bad");
            relay.drain();
            assertThat(counted())
                    .containsExactly(
                            new Usage(DAY, "note", 4), new Usage(DAY, "pay", 4), new Usage(DAY.plusDays(1), "pay", 2));

            executed(5, "note", "2026-04-01T23:59:59Z", "good");
            executed(6, "pay", "2026-03-31T12:00:00Z", "good");
            executed(7, "note", "2026-03-31T12:00:00Z", "good");
            laterEventsOfWrites(3, "pay", "2026-03-31T12:00:00Z");
            relay.drain();
        }

        assertThat(counted())
                .containsExactly(
                        new Usage(DAY, "note", 11),
                        new Usage(DAY, "pay", 10),
                        new Usage(DAY.plusDays(1), "note", 5),
                        new Usage(DAY.plusDays(1), "pay", 2));
        assertThat(inbox()).as("7 before and 21 after").isEqualTo(28);
        assertThat(rows()).as("parked at the sink that failed").isEqualTo(3);
        assertThat(database.number("SELECT count(*) FROM semel.daily_usage WHERE tenant_id <> 'acme'"))
                .isZero();
    }

    @Test
    void transactionsThatCountTheSameInOtherOrdersDoNotWaitForEachOther() throws Exception {
        String row = "INSERT INTO semel.daily_usage VALUES ('acme', '2026-03-31', '%s', 1)";
        database.run(row.formatted("a") + ";" + row.formatted("b"));
        List<OutboxEvent> backwards = List.of(event("b"), event("a"));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection first = pool.getConnection();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("SET LOCAL semel.tenant = 'acme'; SET LOCAL lock_timeout = '5s'");
            statement.execute(raise("a"));
            Future<?> second = other.submit(() -> inTenant("acme", connection -> {
                new UsageSink().applyAll(connection, backwards);
                return "";
            }));
            awaitSomebodyWaiting();

            statement.execute(raise("b"));
            first.commit();
            first.setAutoCommit(true);
            second.get(10, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }

        assertThat(counted()).containsExactly(new Usage(DAY, "a", 3), new Usage(DAY, "b", 3));
    }

    private static String raise(String operation) {
        return "UPDATE semel.daily_usage SET count = count + 1"
                + " WHERE tenant_id = 'acme' AND day = '2026-03-31' AND operation_type = '" + operation + "'";
    }

    private void awaitSomebodyWaiting() throws InterruptedException {
        while (database.number("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                == 0) {
            Thread.sleep(10);
        }
    }

    private static OutboxEvent event(String operation) {
        return new OutboxEvent(
                UUID.randomUUID(),
                "acme",
                "k",
                "noted",
                new byte[0],
                operation,
                "r",
                0,
                Instant.parse("2026-03-31T12:00:00Z"));
    }

    private void executed(int writes, String operation, String at, String text) {
        emit(writes, operation, at, text, 0);
    }

    private void laterEventsOfWrites(int writes, String operation, String at) {
        emit(writes, operation, at, "good", 1);
    }

    private void emit(int events, String operation, String at, String text, int number) {
        database.run("""
                INSERT INTO semel.outbox_events
                       (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id, number, created_at)
                SELECT 'acme', gen_random_uuid(), gen_random_uuid(), 'noted', '"%s"', '%s', 'r', %d, '%s'
                  FROM generate_series(1, %d)""".formatted(text, operation, number, at, events));
    }

    private List<Usage> counted() throws Exception {
        return inTenant("acme", this::counted);
    }

    private List<Usage> counted(Connection connection) throws SQLException {
        return new UsageReader(connection, "acme").between(null, null);
    }
}
