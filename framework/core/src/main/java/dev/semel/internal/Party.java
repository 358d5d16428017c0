package dev.semel.internal;

import dev.semel.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One thread and the calls of one tenant that it waits for. Made by that thread. */
final class Party {
    private final Thread thread = Thread.currentThread();
    private final List<QueuedCall<?>> calls = new ArrayList<>();
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile boolean working;
    private volatile long workingSince;

    /** Before it enters a queue. */
    <R> QueuedCall<R> add(Execution<R> execution) {
        QueuedCall<R> call = new QueuedCall<>(execution, this);
        calls.add(call);
        unsettled.incrementAndGet();
        return call;
    }

    List<QueuedCall<?>> calls() {
        return calls;
    }

    String tenant() {
        Call<?, ?> first = calls.get(0).call();
        return first.caller().tenant();
    }

    boolean isSettled() {
        return unsettled.get() == 0;
    }

    void settledOne() {
        if (unsettled.decrementAndGet() == 0) {
            LockSupport.unpark(thread);
        }
    }

    /** Whether it is its turn to work for its tenant. Decided by the queue. */
    boolean isWorking() {
        return working;
    }

    void work() {
        workingSince = System.nanoTime();
        working = true;
        LockSupport.unpark(thread);
    }

    boolean worksLongerThan(Duration patience) {
        return System.nanoTime() - workingSince > patience.toNanos();
    }

    void rest() {
        working = false;
    }

    /** Waits until it is to work, or settled, or that time is up, or the thread is interrupted. Only its own thread. */
    void await(Deadline deadline) {
        while (!working && !isSettled() && !deadline.passed() && !thread.isInterrupted()) {
            LockSupport.parkNanos(this, Math.max(1, deadline.remainingNanos()));
        }
    }

    /** Waits until it is to work or settled, whatever happens. Only its own thread. */
    void awaitCalmly() {
        while (!working && !isSettled()) {
            LockSupport.park(this);
        }
    }
}
