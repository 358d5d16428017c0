package dev.semel.cli.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between the tries of one request, within a total time. For one thread. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 2_000;

    private final long deadline;
    private long nextMillis = FIRST_MILLIS;

    Backoff(Duration total) {
        this.deadline = System.nanoTime() + total.toNanos();
    }

    /**
     * Pauses with jitter, but not shorter than the server asked for.
     *
     * @return false without a pause if the time is over before it would end
     */
    boolean pause(Duration atLeast) throws InterruptedException {
        long jittered = ThreadLocalRandom.current().nextLong(nextMillis / 2, nextMillis + 1);
        long pause = Math.max(jittered, atLeast.toMillis());
        if (System.nanoTime() + Duration.ofMillis(pause).toNanos() > deadline) {
            return false;
        }
        Thread.sleep(pause);
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
        return true;
    }
}
