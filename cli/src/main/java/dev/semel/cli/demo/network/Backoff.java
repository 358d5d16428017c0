package dev.semel.cli.demo.network;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between the tries of one request, within a total time. For one thread. */
final class Backoff {

    private static final long FIRST_MILLIS = 25;
    private static final long LONGEST_MILLIS = 1_000;

    private final long deadline;
    private long nextMillis = FIRST_MILLIS;

    Backoff(Duration total) {
        this.deadline = System.nanoTime() + total.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() > deadline;
    }

    /** Pauses with jitter, but not shorter than the server asked for. */
    void pause(Duration atLeast) throws InterruptedException {
        long jittered = ThreadLocalRandom.current().nextLong(nextMillis / 2, nextMillis + 1);
        Thread.sleep(Math.max(jittered, atLeast.toMillis()));
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
    }
}
