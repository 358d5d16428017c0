package dev.semel.internal;

import java.time.Duration;

/** A point on the JVM's monotonic clock. */
public record Deadline(long nanoTime) {
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** This one, or the end of that time if it comes before. */
    public Deadline orAfter(Duration duration) {
        return duration.toNanos() < remainingNanos() ? after(duration) : this;
    }

    public boolean passed() {
        return remainingNanos() <= 0;
    }

    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }
}
