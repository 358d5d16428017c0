package dev.semel.internal.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is: each tenant once, in the order in which they asked; no tenant is with two workers. After a turn a tenant rests
 * for a moment: with a turn for each write of a busy tenant, delivering would cost more than writing. Thread-safe.
 */
final class ReadyTenants {
    private final long restNanos;
    /** From when on each may be taken. */
    private final Map<String, Long> waiting = new LinkedHashMap<>();
    /** Until when those rest that had a turn, in the order of these times. */
    private final Map<String, Long> resting = new LinkedHashMap<>();

    private final Set<String> taken = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private boolean closed;

    ReadyTenants(Duration rest) {
        this.restNanos = rest.toNanos();
    }

    synchronized void add(String tenant) {
        if (taken.contains(tenant)) {
            again.add(tenant);
        } else if (!waiting.containsKey(tenant)) {
            long now = System.nanoTime();
            waiting.put(tenant, resting.getOrDefault(tenant, now));
            notifyAll();
        }
    }

    void addAll(Collection<String> tenants) {
        tenants.forEach(this::add);
    }

    /** Waits for a tenant; empty if none came in time, or this is closed. */
    synchronized Optional<String> take(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!closed) {
            long now = System.nanoTime();
            Optional<String> ready = firstReady(now);
            if (ready.isPresent()) {
                return Optional.of(take(ready.get()));
            }
            if (deadline - now <= 0) {
                break;
            }
            waitUntil(waiting.values().stream().reduce(deadline, ReadyTenants::earlier));
        }
        return Optional.empty();
    }

    /** Takes a tenant although it rests; empty if none waits, or this is closed. */
    synchronized Optional<String> takeAtOnce() {
        return closed ? Optional.empty() : waiting.keySet().stream().findFirst().map(this::take);
    }

    private String take(String tenant) {
        waiting.remove(tenant);
        taken.add(tenant);
        return tenant;
    }

    private Optional<String> firstReady(long now) {
        return waiting.entrySet().stream()
                .filter(one -> one.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void waitUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Gives a tenant back; if there is more to do it queues up again, and does not rest. */
    synchronized void giveBack(String tenant, boolean more) {
        taken.remove(tenant);
        rest(tenant, more);
        if (again.remove(tenant) || more) {
            add(tenant);
        }
    }

    private void rest(String tenant, boolean more) {
        long now = System.nanoTime();
        resting.remove(tenant);
        if (!more) {
            resting.put(tenant, now + restNanos);
        }
        Iterator<Long> oldest = resting.values().iterator();
        while (oldest.hasNext() && oldest.next() - now <= 0) {
            oldest.remove();
        }
    }

    /** Sends home who waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean someoneWaits() {
        return firstReady(System.nanoTime()).isPresent();
    }
}
