package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.outbox.BatchSink;
import dev.semel.outbox.Relay;
import dev.semel.outbox.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant that writes without a pause has several events in a turn. */
@ExtendWith(PostgresExtension.class)
class RelayRestTest extends RelayFixture {
    private static final int NOTES = 200;

    RelayRestTest(TestDatabase database) {
        super(database);
    }

    @Test
    void eventsOfABusyTenantShareTurns() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        BatchSink counting = events -> {
            turns.incrementAndGet();
            events.forEach(sink::deliver);
        };
        try (Relay relay = relay().subscribe(Subscription.to("memory", counting, "noted"))
                .pollInterval(Duration.ofMillis(20))
                .build()) {
            relay.start();
            long start = System.nanoTime();
            for (int i = 0; i < NOTES; i++) {
                note("acme", "k" + i, "note " + i);
                relay.wake("acme");
            }
            while (texts().size() < NOTES) {
                Thread.sleep(1);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertThat(turns.get())
                    .as("a turn, and then a rest of 10 ms: in %s ms", millis)
                    .isLessThanOrEqualTo((int) (millis / 10) + 2);
        }
    }

    /** A tenant of which nobody has heard for a while does not rest. */
    @Test
    void drainWaitsForNobody() {
        Relay relay = relayToMemory().build();
        for (int i = 0; i < 20; i++) {
            note("acme", "k", "note " + i);
            assertThat(relay.drain()).isEqualTo(1);
        }
    }
}
