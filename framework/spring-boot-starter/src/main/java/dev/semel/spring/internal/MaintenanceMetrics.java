package dev.semel.spring.internal;

import dev.semel.maintenance.JobStatus;
import dev.semel.maintenance.Maintenance;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each job last ended well, whichever node ran it, and what it left. */
final class MaintenanceMetrics {
    private final Maintenance maintenance;

    MaintenanceMetrics(MeterRegistry meters, Maintenance maintenance, List<String> jobNames) {
        this.maintenance = maintenance;
        jobNames.forEach(name -> register(meters, name));
    }

    private void register(MeterRegistry meters, String name) {
        Gauge.builder("maintenance.last.success.timestamp", this, metrics -> metrics.lastSuccess(name))
                .tag("job", name)
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("maintenance.eligible.rows", this, metrics -> metrics.eligible(name))
                .tag("job", name)
                .register(meters);
    }

    /** Zero if it never has: an alarm on its age is right to ring. */
    private double lastSuccess(String name) {
        return status(name)
                .map(JobStatus::lastSuccess)
                .map(Instant::getEpochSecond)
                .orElse(0L);
    }

    private double eligible(String name) {
        return status(name).map(JobStatus::eligible).orElse(0L);
    }

    private Optional<JobStatus> status(String name) {
        return maintenance.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst();
    }
}
