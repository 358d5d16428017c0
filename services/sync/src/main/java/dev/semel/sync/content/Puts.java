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
import java.util.concurrent.atomic.AtomicBoolean;
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
     * What all of them return, in their order. When one has failed no other is begun, and those that were begun are over when this
     * returns: a future that is cancelled would not tell that.
     *
     * @throws UnavailableException if this is closed, or the thread is interrupted
     * @throws RuntimeException what the first has failed with
     */
    <T> List<T> all(List<Callable<T>> calls) {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<T>> running = new ArrayList<>();
        try {
            calls.forEach(call -> running.add(threads.submit(() -> unlessOver(call, over))));
        } catch (RejectedExecutionException e) {
            over.set(true);
        }
        List<T> results = results(running, over);
        if (results.size() < calls.size()) {
            throw new UnavailableException(new CancellationException("no more contents are put"));
        }
        return results;
    }

    private static <T> T unlessOver(Callable<T> call, AtomicBoolean over) throws Exception {
        if (over.get()) {
            throw new CancellationException("another one has failed");
        }
        try {
            return call.call();
        } catch (Throwable failure) {
            over.set(true);
            throw failure;
        }
    }

    /** Those of all that came to their end; waits for all. */
    private static <T> List<T> results(List<Future<T>> running, AtomicBoolean over) {
        List<T> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        boolean isInterrupted = false;
        for (Future<T> future : running) {
            boolean isDone = false;
            while (!isDone) {
                try {
                    results.add(future.get());
                    isDone = true;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    over.set(true);
                } catch (CancellationException e) {
                    isDone = true;
                } catch (ExecutionException e) {
                    failures.add(failure(e));
                    isDone = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        failures.stream()
                .filter(failure -> !(failure instanceof CancellationException))
                .findFirst()
                .ifPresent(Puts::rethrow);
        return results;
    }

    private static void rethrow(RuntimeException failure) {
        throw failure;
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new UnavailableException(e);
    }

    /** Whoever waits is told that there is no result. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }
}
