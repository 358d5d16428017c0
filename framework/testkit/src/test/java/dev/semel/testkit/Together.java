package dev.semel.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs calls at the same moment, each in a thread of its own. */
final class Together {
    /** How one call ended. */
    sealed interface Ending<T> {
        record Returned<T>(T value) implements Ending<T> {}

        record Threw<T>(Throwable failure) implements Ending<T> {}
    }

    private Together() {}

    static <T> List<Ending<T>> run(int callers, Callable<T> call) throws Exception {
        return run(java.util.Collections.nCopies(callers, call));
    }

    static <T> List<Ending<T>> run(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Ending<T>>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return ending(call);
                }));
            }
            start.countDown();
            List<Ending<T>> endings = new ArrayList<>();
            for (Future<Ending<T>> one : running) {
                endings.add(one.get(60, TimeUnit.SECONDS));
            }
            return endings;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Ending<T> ending(Callable<T> call) {
        try {
            return new Ending.Returned<>(call.call());
        } catch (Throwable failure) {
            return new Ending.Threw<>(failure);
        }
    }

    static <T> List<T> returned(List<Ending<T>> endings) {
        List<T> values = new ArrayList<>();
        for (Ending<T> ending : endings) {
            if (ending instanceof Ending.Threw<T> threw) {
                throw new AssertionError("a call failed", threw.failure());
            }
            values.add(((Ending.Returned<T>) ending).value());
        }
        return values;
    }

    /** Runs a call in a thread of its own, which no pool's size can hold back. */
    static <T> Running<T> async(Callable<T> call) {
        Running<T> running = new Running<>(call);
        running.thread.start();
        return running;
    }

    /** A call that is running. */
    static final class Running<T> extends CompletableFuture<T> {
        private final Thread thread;

        private Running(Callable<T> call) {
            thread = new Thread(() -> {
                try {
                    complete(call.call());
                } catch (Throwable failure) {
                    completeExceptionally(failure);
                }
            });
        }

        /** Waits until the call itself waits for somebody. */
        void awaitBlocked() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (thread.getState() != Thread.State.TIMED_WAITING || !inSemel()) {
                if (isDone() || System.nanoTime() > deadline) {
                    throw new AssertionError("the call does not wait: " + this);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private boolean inSemel() {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("await")
                            && frame.getClassName().startsWith("dev.semel.internal."));
        }
    }
}
