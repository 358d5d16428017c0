package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.semel.outbox.BatchSink;
import dev.semel.outbox.OutagePolicy;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink that says which events of a batch it has taken. */
@ExtendWith(PostgresExtension.class)
class PartlyDeliveredTest extends RelayFixture {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private boolean ill = true;

    PartlyDeliveredTest(TestDatabase database) {
        super(database);
    }

    /** Takes what it can: of an ordering key nothing behind an event that it did not take. */
    private final class Partly implements BatchSink {
        @Override
        public void deliver(List<OutboxEvent> events) throws Exception {
            batches.add(events.stream().map(RelayFixture::text).toList());
            Set<UUID> delivered = new HashSet<>();
            Map<UUID, Throwable> failures = new HashMap<>();
            Set<String> stopped = new HashSet<>();
            for (OutboxEvent event : events) {
                if (stopped.contains(event.orderingKey())) {
                    continue;
                }
                if (ill && isRefused(text(event), events.size())) {
                    stopped.add(event.orderingKey());
                    if (!text(event).equals("untried")) {
                        failures.put(event.id(), failure(text(event)));
                    }
                } else {
                    sink.deliver(event);
                    delivered.add(event.id());
                }
            }
            if (delivered.size() < events.size()) {
                throw new PartlyDeliveredException(delivered, failures);
            }
        }

        private static boolean isRefused(String text, int size) {
            return List.of("bad", "hopeless", "error").contains(text) || (text.equals("untried") && size > 1);
        }

        private static Throwable failure(String text) {
            return switch (text) {
                case "hopeless" -> new UndeliverableException("no such topic");
                case "error" -> new StackOverflowError();
                default -> new IOException("not now");
            };
        }
    }

    private Relay.Builder relayToPartly() {
        return relay().subscribe(Subscription.to("partly", new Partly(), "noted"));
    }

    @Test
    void eachEventIsTreatedAsTheSinkSays() throws Exception {
        note("acme", "a", "first");
        note("acme", "b", "bad");
        note("acme", "b", "behind");
        note("acme", "c", "hopeless");
        note("acme", "d", "error");
        note("acme", "e", "untried");
        note("acme", "f", "last");
        Relay relay = relayToPartly()
                .policy("noted", QUICK.withMaxAttempts(3).withPauses(LONG, LONG))
                .build();

        relay.drain();

        assertThat(batches)
                .as("what was taken or has failed is not handed over again at once")
                .hasSize(2);
        assertThat(batches.get(0)).hasSize(7);
        assertThat(batches.get(1))
                .as("no attempt was made, so there is none to wait after")
                .containsExactly("untried");
        assertThat(texts()).containsExactly("first", "last", "untried");
        assertThat(pending(Outbox.State.PARKED))
                .singleElement()
                .satisfies(parked -> assertThat(parked.parkedReason()).isEqualTo("no such topic"));
        assertThat(attemptsOf("b", "d")).containsExactly(1L, 1L);

        ill = false;
        database.passTime(LONG);
        relay.drain();

        assertThat(texts().subList(3, 6)).containsExactlyInAnyOrder("bad", "behind", "error");
        assertThat(texts().indexOf("behind")).isGreaterThan(texts().indexOf("bad"));
        assertThat(texts()).doesNotHaveDuplicates();
    }

    private List<Long> attemptsOf(String... orderingKeys) {
        return List.of(orderingKeys).stream()
                .map(key -> database.number(
                        "SELECT min(attempts) FROM semel.outbox_events WHERE number = 0 AND ordering_key = '" + key
                                + "' AND next_attempt_at < 'infinity'"))
                .toList();
    }

    @Test
    void whatTheSinkSaysOfASingleEventIsWhatCameOfIt() throws Exception {
        note("acme", "c", "hopeless");
        relayToPartly().build().drain();

        assertThat(pending(Outbox.State.PARKED))
                .singleElement()
                .satisfies(parked -> assertThat(parked.parkedReason()).isEqualTo("no such topic"));
    }

    /** However many fail: somebody takes events. */
    @Test
    void sinkThatTakesSomethingIsNoSinkThatIsDown() {
        for (int i = 0; i < 20; i++) {
            note("acme", "k" + i, i == 10 ? "good" : "bad");
        }
        Duration milli = Duration.ofMillis(1);
        Relay relay = relayToPartly()
                .policy("noted", QUICK.withMaxAttempts(3).withPauses(LONG, LONG))
                .outage(new OutagePolicy(5, Duration.ZERO, milli, milli))
                .build();

        relay.drain();

        assertThat(texts()).containsExactly("good");
        assertThat(database.number("SELECT sum(attempts) FROM semel.outbox_events"))
                .isEqualTo(19);
    }

    /** What was not tried says nothing of the sink. */
    @Test
    void sinkThatFailsSlowlyIsDown() {
        for (int i = 0; i < 10; i++) {
            note("acme", "bad" + i, "bad");
            note("acme", "untried" + i, "untried");
        }
        List<String> down = new ArrayList<>();
        Relay relay = relayToPartly()
                .policy("noted", QUICK.withMaxAttempts(30).withPauses(LONG, LONG))
                .outage(new OutagePolicy(5, Duration.ZERO, LONG, LONG))
                .listener(new RelayListener() {
                    @Override
                    public void sinkDown(String sinkName) {
                        down.add(sinkName);
                    }
                })
                .build();

        relay.drain();

        assertThat(down).containsExactly("partly");
        assertThat(database.number("SELECT sum(attempts) FROM semel.outbox_events"))
                .isEqualTo(5);
    }

    /** After an outage there may be many of them. */
    @Test
    void eventsThatHaveFailedBeforeGoSideBySide() {
        for (int i = 0; i < 20; i++) {
            note("acme", "k" + i, "note " + i);
        }
        AtomicInteger failures = new AtomicInteger(20);
        CountDownLatch atOnce = new CountDownLatch(4);
        BatchSink sinkAfterAnOutage = events -> {
            if (failures.get() > 0) {
                failures.addAndGet(-events.size());
                throw new PartlyDeliveredException(
                        Set.of(), events.stream().collect(Collectors.toMap(OutboxEvent::id, one -> new IOException())));
            }
            atOnce.countDown();
            if (!atOnce.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody came beside it");
            }
            events.forEach(sink::deliver);
        };
        Relay relay = relay().subscribe(Subscription.to("partly", sinkAfterAnOutage, "noted"))
                .policy("noted", QUICK.withMaxAttempts(30).withPauses(LONG, LONG))
                .build();

        relay.drain();
        database.passTime(LONG);
        relay.drain();

        assertThat(texts()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void exceptionSaysSomethingAndNoContradiction() {
        UUID event = UUID.randomUUID();
        assertThatIllegalArgumentException().isThrownBy(() -> new PartlyDeliveredException(Set.of(), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartlyDeliveredException(Set.of(event), Map.of(event, new IOException("x"))));
    }
}
