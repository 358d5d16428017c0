package dev.semel.sync.content;

import dev.semel.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/**
 * A few threads for what waits for a disk or a network: as many for all callers as leave connections to the others. They come when there is
 * something to do, and go again. Each caller has as many calls in
 * the queue as there are threads at most, so that a large push does not keep the others waiting for its end. Thread-safe.
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
        Ended<T> ended = new Ended<>(over);
        Deque<Future<T>> running = new ArrayDeque<>();
        for (Callable<T> call : calls) {
            if (running.size() == THREADS) {
                ended.await(running.remove());
            }
            submit(call, over).ifPresent(running::add);
        }
        running.forEach(ended::await);
        return ended.all(calls.size());
    }

    /** Nothing if no more are begun. */
    private <T> Optional<Future<T>> submit(Callable<T> call, AtomicBoolean over) {
        if (over.get()) {
            return Optional.empty();
        }
        try {
            return Optional.of(threads.submit(() -> unlessOver(call, over)));
        } catch (RejectedExecutionException e) {
            over.set(true);
            return Optional.empty();
        }
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

    /** What came of the calls. Belongs to one thread. */
    private static final class Ended<T> {
        private final AtomicBoolean over;
        private final List<T> results = new ArrayList<>();
        private @Nullable RuntimeException failure;
        private boolean isInterrupted;

        Ended(AtomicBoolean over) {
            this.over = over;
        }

        void await(Future<T> future) {
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
                    fail(e);
                    isDone = true;
                }
            }
        }

        private void fail(ExecutionException e) {
            if (failure == null && !(e.getCause() instanceof CancellationException)) {
                failure = e.getCause() instanceof RuntimeException known ? known : new UnavailableException(e);
            }
        }

        List<T> all(int calls) {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure != null) {
                throw failure;
            }
            if (results.size() < calls) {
                throw new UnavailableException(new CancellationException("no more contents are put"));
            }
            return results;
        }
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
