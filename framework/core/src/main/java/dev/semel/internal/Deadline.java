package dev.semel.internal;

import java.time.Duration;

/** A point on the JVM's monotonic clock. */
public record Deadline(long nanoTime) {
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean passed() {
        return remainingNanos() <= 0;
    }

    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }
}
