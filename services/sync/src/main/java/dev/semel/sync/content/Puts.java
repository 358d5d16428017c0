package dev.semel.sync.content;

import dev.semel.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for what waits for a disk or a network: as many for all callers as leave connections to the others. They come when there is
 * something to do, and go again. Thread-safe.
 */
final class Puts implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Puts() {
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
     * What all of them return, in their order; when the first has failed no other is begun, and those that were are over.
     *
     * @throws UnavailableException if this is closed, or the thread is interrupted
     * @throws RuntimeException what one has failed with
     */
    <T> List<T> all(List<Callable<T>> calls) {
        if (calls.size() == 1) {
            return List.of(call(calls.get(0)));
        }
        List<Future<T>> running = new ArrayList<>();
        try {
            calls.forEach(call -> running.add(threads.submit(call)));
        } catch (RejectedExecutionException e) {
            running.forEach(future -> future.cancel(false));
            throw new UnavailableException(e);
        }
        return results(running);
    }

    private static <T> T call(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UnavailableException(e);
        }
    }

    private static <T> List<T> results(List<Future<T>> running) {
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<T> future : running) {
            try {
                results.add(future.get());
            } catch (CancellationException e) {
                continue;
            } catch (ExecutionException e) {
                failure = failure == null ? failure(e) : failure;
                running.forEach(other -> other.cancel(false));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.forEach(other -> other.cancel(true));
                throw new UnavailableException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new UnavailableException(e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
