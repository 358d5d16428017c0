package dev.semel.sync.content;

import dev.semel.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for what waits for a disk or a network: as many for all callers as leave connections to the others. They come when there is
 * something to do, and go again. Each caller has as many calls in
 * the queue as there are threads at most, so that a large push does not keep the others waiting for its end. Thread-safe.
 */
final class Puts implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Duration limit;

    /** @param limit how long a call waits for a thread at most */
    Puts(Duration limit) {
        this.limit = limit;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
                    Thread thread = new Thread(body, "semel-sync-put-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * What all of them return, in their order. When one has failed no other is begun, and those that were begun are over when this
     * returns.
     *
     * @throws UnavailableException if one has not been begun within the limit, this is closed, or the thread is interrupted
     * @throws RuntimeException what the first has failed with
     */
    <T> List<T> all(List<Callable<T>> calls) {
        PutResults<T> results = new PutResults<>(limit);
        Deque<PutCall<T>> running = new ArrayDeque<>();
        for (Callable<T> call : calls) {
            if (running.size() == THREADS) {
                await(running.remove(), results);
            }
            if (!results.over().get()) {
                running.add(submit(new PutCall<>(call, results.over())));
            }
        }
        running.forEach(call -> await(call, results));
        return results.all(calls.size());
    }

    private <T> PutCall<T> submit(PutCall<T> call) {
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            call.giveUp(closed());
        }
        return call;
    }

    private <T> void await(PutCall<T> call, PutResults<T> results) {
        results.await(call);
        threads.remove(call); // one that was given up
    }

    private static CancellationException closed() {
        return new CancellationException("no more contents are put");
    }

    /** Whoever waits is told that there is no result. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof PutCall<?> call) {
                call.giveUp(closed());
            }
        }
    }
}
