package dev.semel.internal.audit;

import dev.semel.audit.AuditListener;
import java.time.Duration;
import java.util.List;

/** An audit writer's settings. */
public record WriterConfig(
        List<AuditListener> listeners, int capacity, int batchSize, Duration patience, Duration drainLimit) {
    public WriterConfig {
        if (capacity < 1 || batchSize < 1) {
            throw new IllegalArgumentException("capacity and batch size must be positive");
        }
        if (patience.isNegative() || drainLimit.isNegative()) {
            throw new IllegalArgumentException("patience and drain limit must not be negative");
        }
    }
}
