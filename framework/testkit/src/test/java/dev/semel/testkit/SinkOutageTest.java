package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.semel.outbox.BatchSink;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutagePolicy;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Relay;
import dev.semel.outbox.RelayListener;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SinkOutageTest extends RelayFixture {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final OutagePolicy IMPATIENT = new OutagePolicy(3, Duration.ZERO, MILLI, MILLI);
    private static final OutagePolicy LETTING_ALONE =
            new OutagePolicy(3, Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1));

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger attempts = new AtomicInteger();

    SinkOutageTest(TestDatabase database) {
        super(database);
    }

    private void notes(String prefix, int number) {
        IntStream.range(0, number).forEach(i -> note("acme", prefix + i, prefix + i));
    }

    private Relay relay(OutagePolicy outage) {
        EventSink counting = event -> {
            attempts.incrementAndGet();
            sink.deliver(event);
        };
        return relay().subscribe(Subscription.to("outside", counting, "noted"))
                .outage(outage)
                .listener(new Told())
                .build();
    }

    @Test
    void outageCountsNoAttemptsAndParksNothing() throws Exception {
        notes("a", 10);
        sink.refuse(event -> true);
        Relay relay = relay(IMPATIENT);

        drainUntil(relay, () -> attempts.get() >= 40);

        assertThat(database.number("SELECT sum(attempts) FROM semel.outbox_events"))
                .isEqualTo(3);
        assertThat(pending(Outbox.State.PARKED)).isEmpty();
        assertThat(told).containsExactly("down outside");

        sink.refuse(event -> false);
        drainUntil(relay, () -> rows() == 0);
        assertThat(texts()).hasSize(10).doesNotHaveDuplicates();
        assertThat(told).containsExactly("down outside", "up outside");
    }

    @Test
    void sinkThatIsDownIsLetAloneWhileOthersGoOn() {
        InMemorySink other = new InMemorySink();
        sink.refuse(event -> true);
        Relay relay = relay().subscribe(Subscription.to("outside", sink, "noted"))
                .subscribe(Subscription.to("other", other, "noted"))
                .subscribe(Subscription.to("inbox", INBOX, "noted"))
                .outage(LETTING_ALONE)
                .build();
        notes("a", 10);
        relay.drain();
        long untouched = versionsOfTheFirst(10);

        notes("b", 5);
        relay.drain();
        relay.drain();

        assertThat(versionsOfTheFirst(10)).isEqualTo(untouched);
        assertThat(rows()).isEqualTo(15);
        assertThat(texts(other)).hasSize(15);
        assertThat(inbox()).isEqualTo(15);
        assertThat(database.number("SELECT sum(attempts) FROM semel.outbox_events"))
                .isEqualTo(3);
    }

    @Test
    void oneEventThatIsNeverTakenIsNoOutage() throws Exception {
        note("acme", "a", "poison");
        sink.refuse(event -> text(event).equals("poison"));
        Relay relay = relay(IMPATIENT);

        relay.drain();
        relay.drain();

        assertThat(pending(Outbox.State.PARKED)).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void eventsThatAreNeverTakenDoNotKeepASinkDown() {
        notes("poison", 250); // more than a batch
        sink.refuse(event -> text(event).startsWith("poison"));
        Relay relay = relay(IMPATIENT);
        drainUntil(relay, () -> told.contains("down outside"));
        note("acme", "b", "good");

        drainUntil(relay, () -> texts().contains("good"));

        assertThat(told).startsWith("down outside", "up outside");
    }

    @Test
    void refusalForGoodIsAnAnswer() throws Exception {
        notes("a", 10);
        EventSink refusing = event -> {
            throw new UndeliverableException("not wanted");
        };
        Relay relay = relay().subscribe(Subscription.to("outside", refusing, "noted"))
                .outage(LETTING_ALONE)
                .listener(new Told())
                .build();

        relay.drain();

        assertThat(pending(Outbox.State.PARKED)).hasSize(10);
        assertThat(told).isEmpty();
    }

    @Test
    void outageOfABatchSinkCountsNoAttempts() {
        notes("a", 10);
        sink.refuse(event -> true);
        BatchSink batches = events -> {
            attempts.incrementAndGet();
            for (OutboxEvent event : events) {
                sink.deliver(event);
            }
        };
        Relay relay = relay().subscribe(Subscription.to("outside", batches, "noted"))
                .outage(IMPATIENT)
                .listener(new Told())
                .build();

        drainUntil(relay, () -> attempts.get() >= 30);
        assertThat(database.number("SELECT sum(attempts) FROM semel.outbox_events"))
                .isEqualTo(3);

        sink.refuse(event -> false);
        drainUntil(relay, () -> rows() == 0);
        assertThat(told).containsExactly("down outside", "up outside");
    }

    private static void drainUntil(Relay relay, Callable<Boolean> done) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(MILLI).until(() -> {
            relay.drain();
            return done.call();
        });
    }

    private long versionsOfTheFirst(int rows) {
        return database.number(
                "SELECT sum(xmin::text::bigint) FROM (SELECT xmin FROM semel.outbox_events ORDER BY id LIMIT " + rows
                        + ") AS earliest");
    }

    private final class Told implements RelayListener {
        @Override
        public void sinkDown(String sinkName) {
            told.add("down " + sinkName);
        }

        @Override
        public void sinkUp(String sinkName, Duration outage) {
            told.add("up " + sinkName);
        }
    }
}
