package dev.semel.cli.demo.tally;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests of one phase by what became of them. Thread-safe. */
public final class Tally {

    private final Map<Count, AtomicLong> counts = new EnumMap<>(Count.class);
    private final AtomicLong slowest = new AtomicLong();

    public Tally() {
        for (Count count : Count.values()) {
            counts.put(count, new AtomicLong());
        }
    }

    /** Counts a request and, if it was answered, how long that took. */
    public void add(Count count, Duration duration) {
        counter(count).incrementAndGet();
        if (count != Count.LOST) {
            slowest.accumulateAndGet(duration.toMillis(), Math::max);
        }
    }

    public long get(Count count) {
        return counter(count).get();
    }

    /** All requests whose fate is known; once a phase is over these are all that were sent. */
    public long sent() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** The longest time that an answer took. */
    public Duration slowest() {
        return Duration.ofMillis(slowest.get());
    }

    private AtomicLong counter(Count count) {
        AtomicLong counter = counts.get(count);
        if (counter == null) {
            throw new IllegalArgumentException(count.name());
        }
        return counter;
    }
}
