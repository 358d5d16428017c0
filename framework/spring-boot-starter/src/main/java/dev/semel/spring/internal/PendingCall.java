package dev.semel.spring.internal;

import dev.semel.Call;
import java.util.concurrent.TimeUnit;

/**
 * A call of a request, which may be attempted several times but waits no longer than its operation allows, all in all.
 *
 * @param deadlineNanos on the JVM's monotonic clock
 */
record PendingCall<R>(Call<?, R> call, long deadlineNanos) {
    static <R> PendingCall<R> of(Call<?, R> call) {
        return new PendingCall<>(
                call, System.nanoTime() + call.operation().waitLimit().toNanos());
    }

    /** At least one, because none at all would mean no limit to the container. */
    long millisLeft() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
    }

    boolean isOverdue() {
        return System.nanoTime() - deadlineNanos >= 0;
    }
}
