package dev.semel.internal;

import dev.semel.Call;
import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has calls that would wait for the same row wait for each other first, without a connection. What it keeps is gone with the last
 * call that is interested. Thread-safe.
 */
final class Turns {
    private record Resource(String tenant, String name) {}

    private record Line(Semaphore turn, int length) {
        static Line joined(@Nullable Line before) {
            return before == null ? new Line(new Semaphore(1, true), 1) : new Line(before.turn, before.length + 1);
        }

        @Nullable
        Line left() {
            return length == 1 ? null : new Line(turn, length - 1);
        }
    }

    private final ConcurrentMap<Resource, Line> lines = new ConcurrentHashMap<>();

    /**
     * Does the work when it is the call's turn.
     *
     * @throws UnavailableException if it is not within the operation's wait limit, or the thread is interrupted; the work was not begun
     */
    <P, T> T within(Call<P, ?> call, Supplier<T> work) {
        Optional<String> name = call.operation().turn(call.payload(), call.variables());
        return name.isEmpty()
                ? work.get()
                : within(
                        new Resource(call.caller().tenant(), name.get()),
                        call.operation().waitLimit(),
                        work);
    }

    private <T> T within(Resource resource, Duration limit, Supplier<T> work) {
        Line line = lines.compute(resource, (same, before) -> Line.joined(before));
        try {
            await(line.turn, limit);
            try {
                return work.get();
            } finally {
                line.turn.release();
            }
        } finally {
            lines.computeIfPresent(resource, (same, now) -> now.left());
        }
    }

    private static void await(Semaphore turn, Duration limit) {
        try {
            if (!turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(new TimeoutException("not its turn for " + limit));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(e);
        }
    }

    private static UnavailableException busy(Exception cause) {
        return new UnavailableException("Too many requests write to the same thing at the moment.", cause);
    }
}
