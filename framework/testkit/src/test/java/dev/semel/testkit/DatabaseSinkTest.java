package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import dev.semel.outbox.UsageSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sinks in the database that take all events of a turn together. */
@ExtendWith(PostgresExtension.class)
class DatabaseSinkTest extends RelayFixture {
    DatabaseSinkTest(TestDatabase database) {
        super(database);
        database.run("""
                CREATE TABLE IF NOT EXISTS inbox.late (
                    tenant_id text, event_id uuid, UNIQUE (tenant_id, event_id) DEFERRABLE INITIALLY DEFERRED);
                GRANT SELECT, INSERT ON inbox.late TO semel_app;
                """);
    }

    /** What breaks a batch, after half of its work. */
    private enum Defect {
        EXCEPTION {
            @Override
            void show(Connection connection, OutboxEvent event) {
                throw new IllegalStateException("as asked");
            }
        },
        ERROR {
            @Override
            void show(Connection connection, OutboxEvent event) {
                throw new StackOverflowError();
            }
        },
        UNDELIVERABLE {
            @Override
            void show(Connection connection, OutboxEvent event) throws UndeliverableException {
                throw new UndeliverableException("as asked");
            }
        },
        REFUSED_STATEMENT {
            @Override
            void show(Connection connection, OutboxEvent event) throws SQLException {
                run(connection, "SELECT 1 / 0");
            }
        },
        REFUSED_STATEMENT_SWALLOWED {
            @Override
            void show(Connection connection, OutboxEvent event) {
                assertThatThrownBy(() -> run(connection, "SELECT 1 / 0")).isInstanceOf(SQLException.class);
            }
        },
        VIOLATION_AT_COMMIT {
            @Override
            void show(Connection connection, OutboxEvent event) throws SQLException {
                String twice = "INSERT INTO inbox.late (tenant_id, event_id) VALUES ('acme', '" + event.id() + "')";
                run(connection, twice);
                run(connection, twice);
            }
        },
        TENANT_CHANGED {
            @Override
            void show(Connection connection, OutboxEvent event) throws SQLException {
                run(connection, "SELECT set_config('semel.tenant', 'globex', true)");
            }
        },
        COMMIT {
            @Override
            void show(Connection connection, OutboxEvent event) throws SQLException {
                connection.commit();
            }
        };

        abstract void show(Connection connection, OutboxEvent event) throws Exception;

        private static void run(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Takes what it is not told to refuse into the inbox, and remembers how it was asked. */
    private static class Taker implements DatabaseSink {
        final List<List<String>> together = new ArrayList<>();
        final List<String> alone = new ArrayList<>();
        Predicate<OutboxEvent> refused = event -> false;

        @Override
        public void apply(Connection connection, OutboxEvent event) throws Exception {
            alone.add(text(event));
            take(connection, event);
        }

        @Override
        public void applyAll(Connection connection, List<OutboxEvent> events) throws Exception {
            assertThatThrownBy(() -> events.remove(0)).isInstanceOf(UnsupportedOperationException.class);
            together.add(events.stream().map(RelayFixture::text).toList());
            for (OutboxEvent event : events) {
                take(connection, event);
            }
        }

        private void take(Connection connection, OutboxEvent event) throws Exception {
            INBOX.apply(connection, event);
            if (refused.test(event)) {
                throw new IllegalStateException("as asked");
            }
        }
    }

    private static Taker defect(Defect defect) {
        return new Taker() {
            @Override
            public void applyAll(Connection connection, List<OutboxEvent> events) throws Exception {
                together.add(events.stream().map(RelayFixture::text).toList());
                OutboxEvent first = events.get(0);
                INBOX.apply(connection, first);
                defect.show(connection, first);
            }
        };
    }

    private static Subscription to(DatabaseSink sink) {
        return Subscription.to("inbox", sink, "noted");
    }

    @Test
    void sinkIsGivenAllEventsOfATurnOnceAndInTheirOrder() {
        Taker taker = new Taker();
        note("acme", "a", "1");
        note("acme", "b", "2");
        note("globex", "a", "theirs");
        note("acme", "a", "3");

        try (Relay relay = relay().subscribe(to(taker)).build()) {
            assertThat(relay.drain()).isEqualTo(4);
        }

        assertThat(taker.together).containsExactlyInAnyOrder(List.of("1", "2", "3"), List.of("theirs"));
        assertThat(taker.alone).isEmpty();
        assertThat(inbox()).isEqualTo(4);
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void batchThatAlwaysFailsStopsNoDelivery(Defect defect) {
        Taker taker = defect(defect);
        List<String> told = new ArrayList<>();
        note("acme", "a", "1");
        note("acme", "b", "2");
        note("acme", "a", "3");

        try (Relay relay = relay().subscribe(UsageSink.subscription())
                .subscribe(to(taker))
                .listener(listener(told))
                .build()) {
            assertThat(relay.drain()).isEqualTo(6);
        }

        assertThat(taker.together).containsExactly(List.of("1", "2", "3"));
        assertThat(taker.alone).containsExactly("1", "2", "3");
        assertThat(told)
                .containsExactly("1 to usage", "1 to inbox", "2 to usage", "2 to inbox", "3 to usage", "3 to inbox");
        assertThat(inbox()).isEqualTo(3);
        assertThat(usage()).isEqualTo(3);
        assertThat(rows()).isZero();
    }

    private static RelayListener listener(List<String> told) {
        return new RelayListener() {
            @Override
            public void delivered(OutboxEvent event, String sinkName, Duration since) {
                told.add(text(event) + " to " + sinkName);
            }

            @Override
            public void failed(OutboxEvent event, String sinkName, int attempts) {
                told.add(text(event) + " failed at " + sinkName);
            }
        };
    }

    @Test
    void deliveriesAreToldInTheOrderOfTheEvents() {
        List<String> told = new ArrayList<>();
        note("acme", "a", "1");
        note("acme", "b", "2");

        relay().subscribe(UsageSink.subscription())
                .subscribe(to(new Taker()))
                .listener(listener(told))
                .build()
                .drain();

        assertThat(told).containsExactly("1 to usage", "1 to inbox", "2 to usage", "2 to inbox");
    }

    @Test
    void eventThatFailsHoldsItsKeyAndNeitherOtherKeysNorOtherSinks() {
        Taker taker = new Taker();
        taker.refused = event -> text(event).equals("bad");
        note("acme", "a", "bad");
        note("acme", "a", "behind");
        note("acme", "b", "beside");
        Relay relay = relay().subscribe(to(taker))
                .subscribe(UsageSink.subscription())
                .policy("noted", QUICK.withMaxAttempts(3).withPauses(Duration.ofDays(1), Duration.ofDays(1)))
                .build();

        relay.drain();

        assertThat(taker.alone).containsExactly("bad", "beside");
        assertThat(inbox()).isEqualTo(1);
        assertThat(usage()).isEqualTo(3);
        assertThat(rows()).isEqualTo(2);
    }

    /** Behind a delivery that is not due, and behind one that is due in the same turn. */
    @Test
    void eventsBehindAnEarlierDeliveryAreNotPartOfTheBatch() {
        Taker taker = new Taker();
        taker.refused = event -> text(event).equals("first");
        Relay relay = relay().subscribe(to(taker))
                .policy("noted", QUICK.withMaxAttempts(3).withPauses(Duration.ofDays(1), Duration.ofDays(1)))
                .build();
        note("acme", "a", "first");
        relay.drain();
        taker.refused = event -> false;
        taker.together.clear();
        taker.alone.clear();

        note("acme", "a", "second");
        note("acme", "b", "free");
        relay.drain();
        assertThat(taker.together).containsExactly(List.of("free"));
        assertThat(rows()).isEqualTo(2);

        database.run("UPDATE semel.outbox_events SET next_attempt_at = clock_timestamp() WHERE attempts = 1");
        note("acme", "a", "third");
        note("acme", "b", "free again");
        relay.drain();

        assertThat(taker.together)
                .startsWith(List.of("free"), List.of("first", "free again"))
                .flatExtracting(batch -> batch)
                .containsExactly("free", "first", "free again", "second", "third");
        assertThat(taker.alone).isEmpty();
        assertThat(inbox()).isEqualTo(5);
        assertThat(rows()).isZero();
    }

    @Test
    void interruptedBatchEndsTheTurnAndLeavesAllAsItWas() throws Exception {
        Taker interrupted = new Taker() {
            @Override
            public void applyAll(Connection connection, List<OutboxEvent> events) throws Exception {
                super.applyAll(connection, events);
                throw new InterruptedException("as asked");
            }
        };
        note("acme", "a", "1");
        try (Relay relay = relay().subscribe(to(interrupted)).build()) {
            relay.drain();
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(interrupted.alone).isEmpty();
        assertThat(inbox()).isZero();
        assertThat(rows()).isEqualTo(1);
        assertThat(pending(Outbox.State.PARKED)).isEmpty();
    }

    /** What it did is rolled back with its failure, whatever it says of it. */
    @Test
    void sinkThatFailsAndSaysThatItHasTheEventIsTriedAgain() {
        AtomicInteger failures = new AtomicInteger(2); // together and alone
        DatabaseSink lying = (connection, event) -> {
            INBOX.apply(connection, event);
            if (failures.getAndDecrement() > 0) {
                throw new PartlyDeliveredException(Set.of(event.id()), Map.of());
            }
        };
        note("acme", "a", "1");
        Relay relay = relay().subscribe(to(lying)).build();

        assertThat(relay.drain()).isZero();
        assertThat(relay.drain()).isEqualTo(1);

        assertThat(inbox()).isEqualTo(1);
        assertThat(rows()).isZero();
    }

    /** Also one that takes events one by one: its neighbours come to no harm. */
    @Test
    void sinkThatSwallowsAnErrorOfTheDatabaseStopsNoNeighbour() {
        DatabaseSink swallowing = (connection, event) -> {
            INBOX.apply(connection, event);
            if (text(event).equals("bad")) {
                Defect.REFUSED_STATEMENT_SWALLOWED.show(connection, event);
            }
        };
        note("acme", "a", "bad");
        note("acme", "b", "good");

        relay().subscribe(UsageSink.subscription())
                .subscribe(to(swallowing))
                .build()
                .drain();

        assertThat(inbox()).isEqualTo(1);
        assertThat(usage()).isEqualTo(2);
        assertThat(rows()).as("what failed").isEqualTo(1);
    }
}
