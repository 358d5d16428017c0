package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.outbox.BatchSink;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.DeliveryPolicy;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.Outbox.Position;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Sink;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayFaultTest extends RelayFixture {
    private static final DeliveryPolicy PATIENT = QUICK.withMaxAttempts(1_000);

    RelayFaultTest(TestDatabase database) {
        super(database);
    }

    private static EventSink failing(InMemorySink others, Callable<?> failure) {
        return event -> {
            if (text(event).equals("bad")) {
                failure.call();
            }
            others.deliver(event);
        };
    }

    private void leaveDueDeliveriesToASinkThatIsGone(int number) {
        IntStream.range(0, number).forEach(i -> note("acme", "old" + i, "old"));
        InMemorySink gone = new InMemorySink();
        gone.refuse(event -> true);
        relay().policy("noted", PATIENT)
                .subscribe(Subscription.to("gone", gone, "noted"))
                .build()
                .drain();
    }

    private void awaitDelivered(String text) throws InterruptedException {
        while (!texts().contains(text)) {
            Thread.sleep(10);
        }
    }

    @Test
    void deliveriesToASinkThatThisNodeDoesNotHaveStarveNoOther() {
        leaveDueDeliveriesToASinkThatIsGone(3);
        note("acme", "a", "new");
        sink.refuse(event -> true);
        Relay relay = relayToMemory().policy("noted", PATIENT).batchSize(3).build();
        relay.drain();
        sink.refuse(event -> false);

        assertThat(relay.drain()).isEqualTo(1);
        assertThat(relay.drain()).isZero();

        assertThat(texts()).containsExactly("new");
        assertThat(rows()).as("they are left to a node that has it").isEqualTo(3);
    }

    @Test
    void forgottenDeliveryIsFoundAlthoughItsTenantWaitedForAWorkerWhileOthersLooked() throws Exception {
        note("globex", "g", "forgotten");
        sink.refuse(event -> true);
        relayToMemory().policy("noted", PATIENT).build().drain();
        database.run("UPDATE semel.outbox_events SET next_attempt_at = 'infinity'");
        sink.refuse(event -> false);
        note("acme", "a", "long");
        EventSink slow = event -> {
            Thread.sleep(text(event).equals("long") ? 500 : 0);
            sink.deliver(event);
        };
        Relay relay = relay().subscribe(Subscription.to("memory", slow, "noted"))
                .pollInterval(Duration.ofMillis(20))
                .workers(1)
                .build();

        try (relay) {
            relay.start();
            awaitDelivered("forgotten");
        }

        assertThat(texts()).containsExactly("long", "forgotten");
    }

    @Test
    void errorOfASinkIsAFailedAttemptAndEndsNoWorker() throws Exception {
        note("acme", "a", "bad");
        Relay relay = relay().policy("noted", PATIENT)
                .subscribe(Subscription.to(
                        "memory",
                        failing(sink, () -> {
                            throw new StackOverflowError();
                        }),
                        "noted"))
                .pollInterval(Duration.ofMillis(20))
                .workers(1)
                .build();

        relay.start();
        while (database.number("SELECT coalesce(max(attempts), 0) FROM semel.outbox_events") < 3) {
            Thread.sleep(10);
        }
        note("globex", "g", "good");
        awaitDelivered("good");
        relay.close();

        assertThat(texts()).containsExactly("good");
    }

    @Test
    void errorOfASinkInTheDatabaseStopsNoNeighbour() {
        note("acme", "a", "bad");
        note("acme", "b", "good");
        DatabaseSink broken = (connection, event) -> {
            INBOX.apply(connection, event);
            if (text(event).equals("bad")) {
                throw new AssertionError();
            }
        };

        relay().subscribe(Subscription.to("inbox", broken, "noted")).build().drain();

        assertThat(inbox()).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void filterThatFailsOnAnEventParksItForItsSinkAndStopsNoOther() throws Exception {
        note("acme", "a", "bad");
        note("acme", "b", "good");
        InMemorySink second = new InMemorySink();
        Subscription picky = new Subscription("memory", sink, event -> {
            if (text(event).equals("bad")) {
                throw new IllegalStateException("cannot decide");
            }
            return true;
        });

        relay().subscribe(picky)
                .subscribe(Subscription.to("second", second, "noted"))
                .build()
                .drain();

        assertThat(texts()).containsExactly("good");
        assertThat(texts(second)).containsExactlyInAnyOrder("bad", "good");
        assertThat(pending(Outbox.State.PARKED))
                .singleElement()
                .satisfies(one -> assertThat(one.parkedReason()).contains("filter"));
    }

    @Test
    void reasonThatTheDatabaseCannotStoreIsParkedAllTheSame() throws Exception {
        note("acme", "a", "bad");
        note("acme", "b", "good");
        EventSink hostile = failing(sink, () -> {
            throw new UndeliverableException("no \0 and no \ud800 there");
        });

        relay().subscribe(Subscription.to("memory", hostile, "noted")).build().drain();

        assertThat(texts()).containsExactly("good");
        assertThat(pending(Outbox.State.PARKED).get(0).parkedReason()).isEqualTo("no ? and no ? there");
    }

    @Test
    void pagesOfDeliveriesShowThemAll() throws Exception {
        note("acme", "a", "1");
        note("acme", "a", "2");
        EventSink refusing = event -> {
            throw new UndeliverableException("no");
        };
        relay().subscribe(Subscription.to("one", refusing, "noted"))
                .subscribe(Subscription.to("two", refusing, "noted"))
                .build()
                .drain();

        List<String> seen = new ArrayList<>();
        Position position = Position.START;
        for (List<Outbox.Pending> page = page(position); !page.isEmpty(); page = page(position)) {
            position = page.get(page.size() - 1).position();
            page.forEach(one -> seen.add(one.sinkName()));
        }

        assertThat(seen).containsExactly("one", "two", "one", "two");
    }

    private List<Outbox.Pending> page(Position after) throws Exception {
        return inTenant("acme", connection -> new Outbox(connection, "acme").list(Outbox.State.PARKED, after, 1));
    }

    @Test
    void slowReceiversOfAsManyTenantsAsThereAreWorkersKeepNoOtherTenantWaitingForAllTheyHave() throws Exception {
        for (int i = 0; i < 200; i++) {
            note("acme", "k" + i, "x");
            note("globex", "k" + i, "x");
        }
        EventSink slow = event -> {
            Thread.sleep(event.tenant().equals("initech") ? 0 : 200);
            sink.deliver(event);
        };
        Relay relay = relay().subscribe(Subscription.to("memory", slow, "noted"))
                .pollInterval(Duration.ofMillis(20))
                .build();
        relay.start();
        while (texts().isEmpty()) {
            Thread.sleep(10);
        }

        note("initech", "i", "third");
        awaitDelivered("third");
        int before = texts().indexOf("third");
        relay.close();

        assertThat(before).as("deliveries that came before it, of 400").isLessThan(250);
    }

    /** Two tenants' deliveries hang, as many as there are workers: one can be interrupted, the other not. */
    @Test
    void sinkThatNeverComesBackKeepsNoWorkerAndIsParkedInTheEnd() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        EventSink hanging = event -> {
            if (text(event).equals("hang")) {
                hang(end, event.tenant().equals("acme"));
            }
            sink.deliver(event);
        };
        assertHangsStopNoOther(Subscription.to("memory", hanging, "noted"), end);
    }

    private Relay relayOfOneWorker(Sink sink) {
        return relay().subscribe(Subscription.to("memory", sink, "noted"))
                .pollInterval(Duration.ofMillis(20))
                .workers(1)
                .build();
    }

    /** Some do, when a call of their own is interrupted: no worker ends with it, and the event has failed as by any other fault. */
    @Test
    void sinkThatSaysItWasInterruptedEndsNoWorker() throws Exception {
        EventSink interrupted = failing(sink, () -> {
            throw new InterruptedException();
        });
        note("acme", "a", "bad");
        try (Relay relay = relayOfOneWorker(interrupted)) {
            relay.start();
            Thread.sleep(200);
            note("acme", "b", "beside it");
            note("globex", "g", "other");
            awaitDelivered("beside it");
            awaitDelivered("other");
            while (pending(Outbox.State.PARKED).isEmpty()) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void batchSinkThatSaysItWasInterruptedEndsNoWorker() throws Exception {
        BatchSink interrupted = events -> {
            for (OutboxEvent event : events) {
                if (text(event).equals("bad")) {
                    throw new InterruptedException();
                }
                sink.deliver(event);
            }
        };
        note("acme", "a", "bad");
        note("acme", "b", "bad");
        try (Relay relay = relayOfOneWorker(interrupted)) {
            relay.start();
            Thread.sleep(200);
            note("globex", "g", "other");
            awaitDelivered("other");
            while (pending(Outbox.State.PARKED).size() < 2) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void sinkInTheDatabaseThatSaysItWasInterruptedEndsNoWorker() throws Exception {
        DatabaseSink interrupted = (connection, event) -> {
            if (text(event).equals("bad")) {
                throw new InterruptedException();
            }
            sink.deliver(event);
        };
        note("acme", "a", "bad");
        try (Relay relay = relayOfOneWorker(interrupted)) {
            relay.start();
            Thread.sleep(200);
            note("globex", "g", "other");
            awaitDelivered("other");
        }
    }

    /** What came in one batch with it is delivered, and not parked with it. */
    @Test
    void batchThatNeverComesBackIsDeliveredOneByOne() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BatchSink hanging = events -> {
            if (events.stream().anyMatch(event -> text(event).equals("hang"))) {
                hang(end, events.get(0).tenant().equals("acme"));
            }
            for (OutboxEvent event : events) {
                sink.deliver(event);
            }
        };
        assertHangsStopNoOther(Subscription.to("memory", hanging, "noted"), end);
    }

    /** Longer than a turn begins deliveries: each is tried alone all the same, and in the same turn. */
    @Test
    void batchThatFailsSlowlyIsDeliveredOneByOne() {
        BatchSink failing = events -> {
            boolean poisoned = events.stream().anyMatch(event -> text(event).equals("poison"));
            if (poisoned && events.size() > 1) {
                Thread.sleep(2_500);
            }
            if (poisoned) {
                throw new IOException("no such topic");
            }
            for (OutboxEvent event : events) {
                sink.deliver(event);
            }
        };
        note("acme", "a", "poison");
        note("acme", "b", "sound");
        try (Relay relay =
                relay().subscribe(Subscription.to("memory", failing, "noted")).build()) {
            relay.drain();
        }

        assertThat(texts()).containsExactly("sound");
    }

    private void assertHangsStopNoOther(Subscription hanging, CountDownLatch end) throws Exception {
        for (String tenant : List.of("acme", "globex")) {
            note(tenant, "a", "hang");
            note(tenant, "a", "behind " + tenant);
            note(tenant, "b", "beside " + tenant);
        }
        try (Relay relay = relay().subscribe(hanging)
                .deliveryTimeout(Duration.ofMillis(100))
                .pollInterval(Duration.ofMillis(20))
                .build()) {
            relay.start();
            Thread.sleep(500);
            note("initech", "i", "other");
            awaitDelivered("other");
            for (String tenant : List.of("acme", "globex")) {
                awaitDelivered("behind " + tenant);
                awaitDelivered("beside " + tenant);
            }
            assertThat(texts()).doesNotContain("hang").doesNotHaveDuplicates();
            assertThat(pending(Outbox.State.PARKED))
                    .extracting(Outbox.Pending::lastError)
                    .containsExactly("TimeoutException");
        } finally {
            end.countDown();
        }
    }

    private static void hang(CountDownLatch end, boolean interruptibly) throws InterruptedException {
        boolean over = false;
        while (!over) {
            try {
                over = end.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                if (interruptibly) {
                    throw e;
                }
            }
        }
        throw new InterruptedException("it never came back");
    }

    /** It may be what a client has sent; the index of the deliveries takes no more than 2,700 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {255, 256, 5_000})
    void orderingKeyOfAnyLengthHoldsTheOrderOfDeliveriesThatFail(int length) {
        String orderingKey = ThreadLocalRandom.current()
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        AtomicInteger failures = new AtomicInteger(1);
        sink.refuse(event -> failures.getAndDecrement() > 0);
        Relay relay = relayToMemory().build();

        note("acme", orderingKey, "one");
        note("acme", orderingKey, "two");
        relay.drain();
        relay.drain();

        assertThat(texts()).containsExactly("one", "two");
        assertThat(sink.events()).extracting(OutboxEvent::orderingKey).allMatch(key -> key.length() <= 255);
        assertThat(rows()).isZero();
    }

    @Test
    void batchOfLargeEventsIsNoLargerThanTheRelayCanHold() {
        List<Integer> batches = new ArrayList<>();
        BatchSink counting = events -> {
            batches.add(events.size());
            for (OutboxEvent event : events) {
                sink.deliver(event);
            }
        };
        String large = "x".repeat(700 << 10);
        for (int i = 0; i < 60; i++) {
            note("acme", "k", i + large);
        }

        relay().subscribe(Subscription.to("memory", counting, "noted")).build().drain();

        assertThat(batches).containsExactly(24, 24, 12);
        assertThat(texts())
                .hasSize(60)
                .isSortedAccordingTo(
                        Comparator.comparingInt(text -> Integer.parseInt(text.substring(0, text.indexOf('x')))));
    }

    @Test
    void deliveryThatComesDueDuringTheClaimIsNotOvertakenByALaterOneOfItsKey() {
        Relay relay = relayToMemory().build();
        relay.drain(); // the full look that comes first
        database.run("""
                INSERT INTO semel.outbox_events (tenant_id, event_id, ordering_key, type, payload, operation_type,
                                                 request_id, sink, number, next_attempt_at)
                SELECT 'acme', gen_random_uuid(), 'a', 'noted', convert_to(n::text, 'UTF8'), 'note', 'r', 'memory', n,
                       clock_timestamp() + CASE n WHEN 1 THEN 500 ELSE 0 END * interval '1 millisecond'
                  FROM generate_series(1, 2) AS n;
                CREATE SEQUENCE IF NOT EXISTS inbox.looks;
                GRANT USAGE ON SEQUENCE inbox.looks TO semel_app;
                CREATE POLICY slow_second ON semel.outbox_events AS RESTRICTIVE FOR SELECT TO semel_app USING (
                    number <> 2 OR nextval('inbox.looks') > 1 OR pg_sleep(1) IS NOT NULL)""");
        try {
            relay.drain();
        } finally {
            database.run("DROP POLICY slow_second ON semel.outbox_events");
        }
        while (rows() > 0) {
            relay.drain();
        }

        assertThat(texts()).containsExactly("1", "2");
    }
}
