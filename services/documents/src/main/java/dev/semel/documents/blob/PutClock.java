package dev.semel.documents.blob;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time that one put may take: half of the grace that the sweep gives its bytes. Thread-safe. */
final class PutClock {
    private final Clock clock;
    private final Duration limit;
    private final Instant start;

    private PutClock(Clock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
        start = clock.instant();
    }

    /** @param clock of the wall, as the times of files are: one that stands still while the machine sleeps would not do */
    static PutClock start(Clock clock, Duration grace) {
        return new PutClock(clock, grace.dividedBy(2));
    }

    void requireInTime() throws PutTooSlowException {
        if (Duration.between(start, clock.instant()).compareTo(limit) > 0) {
            throw new PutTooSlowException(limit);
        }
    }
}
