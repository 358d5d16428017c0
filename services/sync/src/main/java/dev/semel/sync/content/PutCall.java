package dev.semel.sync.content;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that waits for a thread, and is begun by it or given up before, one of the two. Thread-safe. */
final class PutCall<T> implements Runnable {
    private final Callable<T> call;
    private final AtomicBoolean over;
    private final AtomicBoolean isSettled = new AtomicBoolean();
    private final CountDownLatch settled = new CountDownLatch(1);
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long since = System.nanoTime();

    /** @param over whether a call of the same caller has failed; then this one is not begun */
    PutCall(Callable<T> call, AtomicBoolean over) {
        this.call = call;
        this.over = over;
    }

    @Override
    public void run() {
        if (!isSettled.compareAndSet(false, true)) {
            return;
        }
        settled.countDown();
        try {
            if (over.get()) {
                throw new CancellationException("another one has failed");
            }
            result.complete(call.call());
        } catch (Throwable failure) {
            over.set(true);
            result.completeExceptionally(failure);
        }
    }

    /** Does nothing to a call that was begun. */
    void giveUp(Exception why) {
        if (isSettled.compareAndSet(false, true)) {
            over.set(true);
            result.completeExceptionally(why);
            settled.countDown();
        }
    }

    /** Whether it is begun, or given up, within so much time since it was made. */
    boolean awaitBegun(Duration limit) throws InterruptedException {
        return settled.await(limit.toNanos() - (System.nanoTime() - since), TimeUnit.NANOSECONDS);
    }

    /** Its result, when it is over. */
    T get() throws InterruptedException, ExecutionException {
        return result.get();
    }
}
