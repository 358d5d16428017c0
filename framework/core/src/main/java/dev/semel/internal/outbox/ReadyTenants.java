package dev.semel.internal.outbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whose turn it is: each tenant once, in the order in which they asked; no tenant is with two workers. Thread-safe. */
final class ReadyTenants {
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private boolean closed;

    synchronized void add(String tenant) {
        if (taken.contains(tenant)) {
            again.add(tenant);
        } else if (waiting.add(tenant)) {
            notifyAll();
        }
    }

    void addAll(Collection<String> tenants) {
        tenants.forEach(this::add);
    }

    /** Waits for a tenant; empty if none came in time, or this is closed. */
    synchronized Optional<String> take(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (closed || waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (closed || left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        Iterator<String> first = waiting.iterator();
        String tenant = first.next();
        first.remove();
        taken.add(tenant);
        return Optional.of(tenant);
    }

    /** Gives a tenant back; it queues up again if there is more to do. */
    synchronized void giveBack(String tenant, boolean more) {
        taken.remove(tenant);
        if (again.remove(tenant) || more) {
            add(tenant);
        }
    }

    /** Sends home who waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean someoneWaits() {
        return !waiting.isEmpty();
    }
}
