package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Key;
import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.FailpointAction;
import dev.semel.lease.Lease;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy.OnPark;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayFailpoints;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import dev.semel.outbox.UsageSink;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class RelayTest extends RelayFixture {
    RelayTest(TestDatabase database) {
        super(database);
    }

    @Test
    void committedEventsArriveOnceInOrderAndRolledBackOnesNever() {
        note("acme", "a", "1");
        assertThatThrownBy(() -> note("acme", "a", "fail")).isInstanceOf(IllegalStateException.class);
        note("globex", "a", "2");
        note("acme", "a", "3");
        Relay relay = relayToMemory().build();

        assertThat(relay.drain()).isEqualTo(3);
        assertThat(relay.drain()).isZero();

        assertThat(texts()).containsExactlyInAnyOrder("1", "2", "3").containsSubsequence("1", "3");
        assertThat(rows()).isZero();
    }

    @Test
    void poisonEventIsParkedAtOnceStopsNoOtherAndIsDeliveredByAReplay() throws Exception {
        note("acme", "a", "poison");
        note("acme", "a", "after");
        note("acme", "b", "other");
        AtomicBoolean cured = new AtomicBoolean();
        EventSink decoding = event -> {
            if (text(event).equals("poison") && !cured.get()) {
                throw new UndeliverableException("cannot be decoded");
            }
            sink.deliver(event);
        };
        Relay relay =
                relay().subscribe(Subscription.to("memory", decoding, "noted")).build();

        relay.drain();

        assertThat(texts()).containsExactlyInAnyOrder("after", "other"); // two keys, side by side
        Outbox.Pending parked = pending(Outbox.State.PARKED).get(0);
        assertThat(parked.parkedReason()).isEqualTo("cannot be decoded");
        assertThat(parked.attempts()).isEqualTo(1);
        cured.set(true);
        UUID event = parked.eventId();
        assertThat(inTenant("globex", connection -> new Outbox(connection, "globex").replay(event))
                        .intValue())
                .isZero();
        assertThat(inTenant("globex", connection -> new Outbox(connection, "acme").replay(event))
                        .intValue())
                .isZero();
        assertThat(inTenant("acme", connection -> new Outbox(connection, "acme").replay(event))
                        .intValue())
                .isEqualTo(1);
        relay.drain();
        assertThat(texts())
                .containsExactlyInAnyOrder("after", "other", "poison")
                .endsWith("poison");
        assertThat(rows()).isZero();
    }

    @Test
    void haltedKeyWaitsUntilItsParkedEventIsDiscarded() throws Exception {
        note("acme", "a", "poison");
        note("acme", "a", "after");
        note("acme", "b", "other");
        sink.refuse(event -> text(event).equals("poison"));
        Relay relay = relayToMemory()
                .policy("noted", QUICK.withOnPark(OnPark.HALT_KEY))
                .build();

        relay.drain();
        relay.drain();
        note("acme", "a", "last");
        relay.drain();

        assertThat(texts()).containsExactly("other");
        Outbox.Pending parked = pending(Outbox.State.PARKED).get(0);
        assertThat(parked.parkedReason()).isEqualTo("MAX_ATTEMPTS");
        assertThat(pending(Outbox.State.PENDING))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.waitsFor()).isEqualTo(parked.eventId()));

        assertThat(inTenant("acme", connection -> new Outbox(connection, "acme").discard(parked.eventId()))
                        .intValue())
                .isEqualTo(1);
        relay.drain();
        assertThat(texts()).containsExactly("other", "after", "last");
        assertThat(rows()).isZero();
    }

    @Test
    void failingDeliveryHoldsItsKeyInOrderAndNeitherOtherKeysNorOtherSinks() {
        note("acme", "a", "1");
        note("acme", "a", "2");
        note("acme", "b", "3");
        InMemorySink second = new InMemorySink();
        sink.refuse(event -> event.orderingKey().equals("a"));
        Relay relay = relayToMemory()
                .policy("noted", QUICK.withMaxAttempts(50))
                .subscribe(Subscription.to("second", second, "noted"))
                .build();

        relay.drain();
        assertThat(texts()).containsExactly("3");
        assertThat(texts(second)).containsExactlyInAnyOrder("1", "2", "3").containsSubsequence("1", "2");
        note("acme", "a", "4");
        relay.drain();
        sink.refuse(event -> false);
        relay.drain();

        assertThat(texts()).containsExactly("3", "1", "2", "4");
        assertThat(texts(second)).containsExactlyInAnyOrder("1", "2", "3", "4").containsSubsequence("1", "2", "4");
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay.after-claim", "relay.after-delivery", "relay.before-commit"})
    void crashOfTheRelayLosesNothingAndDoublesNothingInTheDatabase(String failpoint) {
        IntStream.range(0, 5).forEach(i -> note("acme", "a", String.valueOf(i)));
        ArmedFailpoints failpoints = new ArmedFailpoints(RelayFailpoints.all());
        failpoints.arm(failpoint, new FailpointAction.DropConnection(), 1);
        Relay relay = relayToMemory()
                .failpoints(failpoints)
                .subscribe(Subscription.to("inbox", INBOX, "noted"))
                .subscribe(UsageSink.subscription())
                .build();

        relay.drain();
        assertThat(rows()).isEqualTo(5);
        assertThat(inbox()).isZero();
        assertThat(usage()).isZero();
        relay.drain();

        assertThat(failpoints.armed()).isEmpty();
        assertThat(rows()).isZero();
        assertThat(inbox()).isEqualTo(5);
        assertThat(usage()).isEqualTo(5);
        assertThat(texts().subList(texts().size() - 5, texts().size())).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void sinkInTheDatabaseThatFailsLeavesNothingAndDoesNotStopItsNeighbours() {
        note("acme", "a", "bad");
        note("acme", "b", "good");
        DatabaseSink picky = (connection, event) -> {
            INBOX.apply(connection, event);
            if (text(event).equals("bad")) {
                throw new IllegalStateException("after its insert");
            }
        };
        Relay relay = relay().subscribe(Subscription.to("inbox", picky, "noted"))
                .subscribe(UsageSink.subscription())
                .build();

        relay.drain();

        assertThat(inbox()).isEqualTo(1);
        assertThat(usage()).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM semel.outbox_events WHERE sink = 'inbox'"))
                .isEqualTo(1);
    }

    @Test
    void usageCountsEachExecutedWriteOnce() {
        note("acme", "a", "1");
        note("acme", "a", "2");
        semel.execute(NOTE, Shop.caller("acme"), Key.of("note-0"), new Note("a", "1"));
        assertThatThrownBy(() -> note("acme", "a", "fail")).isInstanceOf(IllegalStateException.class);

        relay().subscribe(UsageSink.subscription()).build().drain();

        assertThat(database.number("SELECT count FROM semel.daily_usage WHERE tenant_id = 'acme'"))
                .isEqualTo(2);
    }

    /** Also a tenant's that had none before. */
    @ParameterizedTest
    @ValueSource(strings = {"acme", "initech"})
    void eventOfATransactionThatCommitsLateIsDeliveredAlthoughLaterIdsWereLongBefore(String tenant) throws Exception {
        Relay relay = relayToMemory().build();
        try (Connection slow = pool.getConnection()) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("""
                        SET LOCAL semel.tenant = '%s';
                        INSERT INTO semel.outbox_events
                               (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id)
                        VALUES ('%s', gen_random_uuid(), 'slow', 'noted', '"slow"', 'note', 'r')""".formatted(tenant, tenant));
                for (int i = 0; i < 5; i++) {
                    note("acme", "a", String.valueOf(i));
                    relay.drain();
                }
            }
            slow.commit();
        }

        relay.drain();

        assertThat(texts()).containsExactly("0", "1", "2", "3", "4", "slow");
    }

    @Test
    void laneOfATenantBelongsToOneNode() {
        note("acme", "a", "1");
        note("globex", "a", "2");
        Relay relay = relayToMemory().build();

        try (Lease lane =
                leases.tryAcquire("acme", "outbox", Duration.ofSeconds(10)).orElseThrow()) {
            relay.drain();
            assertThat(lane.fence()).isPositive();
            assertThat(texts()).containsExactly("2");
        }
        relay.drain();

        assertThat(texts()).containsExactly("2", "1");
    }

    @Test
    void startedRelayDeliversByItselfAndServesASmallTenantBesideALargeOne() throws Exception {
        IntStream.range(0, 500).forEach(i -> note("acme", "k" + i % 7, String.valueOf(i)));
        note("globex", "g", "small");
        Relay relay = relayToMemory()
                .batchSize(10)
                .pollInterval(Duration.ofMillis(50))
                .workers(1)
                .build();

        relay.start();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (rows() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        relay.close();

        assertThat(rows()).isZero();
        assertThat(texts()).hasSize(501).doesNotHaveDuplicates();
        assertThat(texts().indexOf("small")).isLessThan(100);
    }
}
