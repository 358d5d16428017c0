package dev.semel.spring.internal;

import dev.semel.Committed;
import dev.semel.Operation;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** Counts writes by operation and risk, never by tenant or key. */
public final class SemelMetrics implements WriteListener {
    private final MeterRegistry meters;

    SemelMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void committed(WriteInfo write, Committed committed) {
        ended(write, committed.duration());
        if (committed.replayed()) {
            meters.counter("idempotent.writes.replayed", tags(write)).increment();
        } else if (write.operation().workflow() != null) {
            meters.counter("idempotent.writes.workflows.triggered", tags(write)).increment();
        }
        meters.counter("outbox.events.inserted", tags(write)).increment(committed.events());
    }

    @Override
    public void rolledBack(WriteInfo write, String code, Duration duration) {
        ended(write, duration);
        meters.counter("idempotent.writes.failed", tags(write).and("code", code))
                .increment();
    }

    @Override
    public void coalesced(int together, int alone) {
        if (together > 0) {
            meters.summary("idempotent.writes.coalesced").record(together);
        }
        meters.counter("idempotent.writes.coalescing.alone").increment(alone);
    }

    private void ended(WriteInfo write, Duration duration) {
        meters.counter("idempotent.writes", tags(write)).increment();
        DistributionSummary.builder("idempotent.write.duration.ms")
                .tags(tags(write))
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000)
                .register(meters)
                .record(duration.toNanos() / 1e6);
    }

    private static Tags tags(WriteInfo write) {
        Operation<?, ?> operation = write.operation();
        return Tags.of("operation", operation.name(), "risk", operation.risk().name());
    }
}
