package dev.semel.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for things that send no message when they happen. */
final class Poll {
    private static final long INTERVAL_MILLIS = 10;

    private Poll() {}

    /**
     * Waits until the condition holds, at most for the limit. An interrupt does not shorten the wait, which is bounded anyway; the
     * flag is set again afterwards.
     *
     * @return whether it held
     */
    static boolean until(BooleanSupplier condition, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        var interrupted = false;
        var holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() - end < 0) {
            interrupted |= sleepInterrupted();
            holds = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return holds;
    }

    private static boolean sleepInterrupted() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
