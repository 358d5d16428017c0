package dev.semel.internal;

import dev.semel.UnavailableException;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses with jitter. Belongs to one thread. */
public final class Backoff {
    private static final long FIRST_MILLIS = 5;
    private static final long LARGEST_MILLIS = 200;

    private long millis = FIRST_MILLIS;

    /** Sleeps between half of the present pause and all of it, then doubles it. */
    public void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(e);
        }
        millis = Math.min(millis * 2, LARGEST_MILLIS);
    }
}
