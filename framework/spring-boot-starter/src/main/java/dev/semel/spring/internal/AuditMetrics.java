package dev.semel.spring.internal;

import dev.semel.audit.AuditListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts audit entries of calls that wrote nothing. */
final class AuditMetrics implements AuditListener {
    private final Counter written;
    private final Counter lost;

    AuditMetrics(MeterRegistry meters) {
        written = meters.counter("audit.entries", "result", "written");
        lost = meters.counter("audit.entries", "result", "lost");
    }

    @Override
    public void written(int entries) {
        written.increment(entries);
    }

    @Override
    public void lost(int entries) {
        lost.increment(entries);
    }
}
