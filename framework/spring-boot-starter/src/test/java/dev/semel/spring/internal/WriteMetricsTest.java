package dev.semel.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Committed;
import dev.semel.Operation;
import dev.semel.WriteInfo;
import dev.semel.outbox.OutboxEvent;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A meter is there once what it counts has happened, and not before: alarms and dashboards tell one from the other. */
class WriteMetricsTest {
    private static final Duration SHORT = Duration.ofMillis(3);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SemelMetrics writes = new SemelMetrics(meters);

    private static WriteInfo write(String name) {
        return write(Operation.standard(name, String.class, String.class));
    }

    private static WriteInfo write(Operation.Builder<String, String> operation) {
        return new WriteInfo(new Caller("acme", "u", "r"), operation.build(), "1");
    }

    private static String shown(Meter meter) {
        return meter.getId().getTags().stream()
                .map(Tag::getValue)
                .collect(Collectors.joining(" ", meter.getId().getName() + " ", ""));
    }

    /** But for the buckets' own, which a registry adds. */
    private Set<String> present() {
        return meters.getMeters().stream()
                .map(WriteMetricsTest::shown)
                .filter(name -> !name.startsWith("idempotent.write.duration.ms.histogram"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothingIsThereBeforeTheFirstWrite() {
        assertThat(present()).isEmpty();
    }

    @Test
    void executionBringsWhatIsCountedOfIt() {
        writes.committed(write("one"), new Committed(false, 2, SHORT));

        assertThat(present())
                .containsExactly(
                        "idempotent.write.duration.ms one STANDARD",
                        "idempotent.writes one STANDARD",
                        "outbox.events.inserted one STANDARD");
        assertThat(meters.get("outbox.events.inserted").counter().count()).isEqualTo(2);
        assertThat(meters.get("idempotent.write.duration.ms").summary().totalAmount())
                .isEqualTo(3);
    }

    @Test
    void replayIsCountedApartAndStartsNoWorkflow() {
        writes.committed(
                write(Operation.standard("one", String.class, String.class).workflow("one.flow")),
                new Committed(true, 0, SHORT));

        assertThat(present())
                .containsExactly(
                        "idempotent.write.duration.ms one STANDARD",
                        "idempotent.writes one STANDARD",
                        "idempotent.writes.replayed one STANDARD",
                        "outbox.events.inserted one STANDARD");
    }

    @Test
    void workflowIsCounted() {
        writes.committed(
                write(Operation.financial("one", String.class, String.class).workflow("one.flow")),
                new Committed(false, 1, SHORT));

        assertThat(present()).contains("idempotent.writes.workflows.triggered one FINANCIAL");
    }

    @Test
    void failuresAreCountedByOperationAndCode() {
        writes.rolledBack(write("one"), "A", SHORT);
        writes.rolledBack(write("one"), "B", SHORT);
        writes.rolledBack(write("two"), "A", SHORT);
        writes.rolledBack(write("two"), "A", SHORT);

        assertThat(present())
                .containsExactly(
                        "idempotent.write.duration.ms one STANDARD",
                        "idempotent.write.duration.ms two STANDARD",
                        "idempotent.writes one STANDARD",
                        "idempotent.writes two STANDARD",
                        "idempotent.writes.failed A one STANDARD",
                        "idempotent.writes.failed A two STANDARD",
                        "idempotent.writes.failed B one STANDARD");
        assertThat(meters.get("idempotent.writes.failed")
                        .tags("operation", "two", "code", "A")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("idempotent.writes")
                        .tag("operation", "one")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void transactionsOfSeveralAreSummedUpOnlyOnceThereIsOne() {
        writes.coalesced(0, 3);
        assertThat(present()).containsExactly("idempotent.writes.coalescing.alone ");

        writes.coalesced(4, 0);
        assertThat(meters.get("idempotent.writes.coalesced").summary().totalAmount())
                .isEqualTo(4);
        assertThat(meters.get("idempotent.writes.coalescing.alone").counter().count())
                .isEqualTo(3);
    }

    @Test
    void countsGoOnAfterTheRegistryWasCleared() {
        WriteInfo write = write("one");
        writes.committed(write, new Committed(false, 2, SHORT));
        writes.rolledBack(write, "A", SHORT);
        Set<String> before = present();
        meters.clear();
        writes.committed(write, new Committed(false, 2, SHORT));
        writes.rolledBack(write, "A", SHORT);

        assertThat(present()).isEqualTo(before);
        assertThat(meters.get("idempotent.writes").counter().count()).isEqualTo(2);
    }

    @Test
    void deliveriesAndLeasesAreCountedByWhatBecameOfThem() {
        DeliveryMetrics deliveries = new DeliveryMetrics(meters);
        assertThat(present()).containsExactly("outbox.oldest.unacked.age ", "outbox.parked ");
        OutboxEvent event =
                new OutboxEvent(UUID.randomUUID(), "acme", "k", "one.done", new byte[0], "one", "r", 0, Instant.EPOCH);
        deliveries.delivered(event, "web", SHORT);
        deliveries.delivered(event, "web", SHORT);
        deliveries.failed(event, "web", 1);
        deliveries.parked(event, "log", "why");
        deliveries.acquired("target");
        deliveries.expired("target");

        assertThat(present())
                .containsExactly(
                        "leases acquired",
                        "leases expired",
                        "outbox.attempts delivered web one.done",
                        "outbox.attempts failed web one.done",
                        "outbox.attempts parked log one.done",
                        "outbox.insert.to.ack web",
                        "outbox.oldest.unacked.age ",
                        "outbox.parked ");
        assertThat(meters.get("outbox.attempts")
                        .tag("result", "delivered")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("outbox.insert.to.ack").timer().count()).isEqualTo(2);
    }
}
