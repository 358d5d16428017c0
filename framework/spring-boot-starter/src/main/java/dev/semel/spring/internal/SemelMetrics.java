package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.Operation;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** Counts writes by operation and risk, never by tenant or key. */
public final class SemelMetrics implements WriteListener {
    private final KnownMeters<Operation<?, ?>, Counter> writes;
    private final KnownMeters<Operation<?, ?>, DistributionSummary> durations;
    private final KnownMeters<Operation<?, ?>, Counter> replayed;
    private final KnownMeters<Operation<?, ?>, Counter> triggered;
    private final KnownMeters<Operation<?, ?>, Counter> events;
    private final KnownMeters<Failed, Counter> failed;
    private final KnownMeters<String, DistributionSummary> shared;
    private final KnownMeters<String, Counter> wentAlone;

    SemelMetrics(MeterRegistry meters) {
        writes = counters(meters, "idempotent.writes");
        durations = new KnownMeters<>(meters, operation -> duration(meters, operation));
        replayed = counters(meters, "idempotent.writes.replayed");
        triggered = counters(meters, "idempotent.writes.workflows.triggered");
        events = counters(meters, "outbox.events.inserted");
        failed = new KnownMeters<>(
                meters,
                how -> meters.counter(
                        "idempotent.writes.failed", tags(how.operation()).and("code", how.code())));
        shared = new KnownMeters<>(meters, name -> meters.summary(name));
        wentAlone = new KnownMeters<>(meters, name -> meters.counter(name));
    }

    private record Failed(Operation<?, ?> operation, String code) {}

    private static KnownMeters<Operation<?, ?>, Counter> counters(MeterRegistry meters, String name) {
        return new KnownMeters<>(meters, operation -> meters.counter(name, tags(operation)));
    }

    private static DistributionSummary duration(MeterRegistry meters, Operation<?, ?> operation) {
        return DistributionSummary.builder("idempotent.write.duration.ms")
                .tags(tags(operation))
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000)
                .register(meters);
    }

    private static Tags tags(Operation<?, ?> operation) {
        return Tags.of("operation", operation.name(), "risk", operation.risk().name());
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        Operation<?, ?> operation = write.operation();
        ended(operation, committed.duration());
        if (committed.replayed()) {
            replayed.of(operation).increment();
        } else if (operation.workflow() != null) {
            triggered.of(operation).increment();
        }
        events.of(operation).increment(committed.events());
    }

    @Override
    public void rolledBack(WriteInfo write, String code, Duration duration) {
        ended(write.operation(), duration);
        failed.of(new Failed(write.operation(), code)).increment();
    }

    private void ended(Operation<?, ?> operation, Duration duration) {
        writes.of(operation).increment();
        durations.of(operation).record(duration.toNanos() / 1e6);
    }

    @Override
    public void coalesced(int together, int alone) {
        if (together > 0) {
            shared.of("idempotent.writes.coalesced").record(together);
        }
        wentAlone.of("idempotent.writes.coalescing.alone").increment(alone);
    }
}
