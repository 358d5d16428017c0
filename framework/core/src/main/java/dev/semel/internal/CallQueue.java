package dev.semel.internal;

import dev.semel.Coalescing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls that wait for a transaction, by tenant. A tenant has a few slots and all tenants together have some; who holds a slot
 * works: it takes what waits and runs it. Nobody waits while a slot is free, and who gives one back hands it to one that
 * waits: of its own tenant, or of those that all slots kept waiting, in turn. Who works for long holds a slot of all, but none of
 * its tenant's any more. A tenant with few calls has twice as many slots: to wait for each other would gain them nothing.
 * Thread-safe; nothing is done under the lock but this.
 */
final class CallQueue {
    /** One tenant's calls. Gone when there are none. */
    private static final class Line {
        private final Deque<QueuedCall<?>> waiting = new ArrayDeque<>();
        private final List<Party> working = new ArrayList<>();
        private final Map<Party, Integer> taken = new HashMap<>();
        private boolean inTurn;

        int calls() {
            return waiting.size()
                    + taken.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final Coalescing limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();
    private final Deque<Line> turns = new ArrayDeque<>();
    private int slots;

    CallQueue(Coalescing limits) {
        this.limits = limits;
    }

    /** All calls wait; if there is a free slot, somebody works from now on: this party, unless others waited before. */
    void enter(Party party) {
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(party.tenant(), tenant -> new Line());
            line.waiting.addAll(party.calls());
            takeTurn(line);
            handOut();
        } finally {
            lock.unlock();
        }
    }

    /** Who waits looks again from time to time whether somebody works for too long. */
    void lookAgain(Party party) {
        lock.lock();
        try {
            Line line = lines.get(party.tenant());
            if (line != null) {
                takeTurn(line);
                handOut();
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeTurn(Line line) {
        if (!line.inTurn && slots(line) < most(line) && hasIdle(line)) {
            line.inTurn = true;
            turns.add(line);
        }
    }

    private int most(Line line) {
        return limits.transactionsPerTenant() * (hasFew(line) ? 2 : 1);
    }

    private boolean hasFew(Line line) {
        int perTenant = limits.transactionsPerTenant();
        return perTenant > 1 && line.calls() <= 2 * perTenant;
    }

    private long slots(Line line) {
        return line.working.stream()
                .filter(party -> !party.worksLongerThan(limits.patience()))
                .count();
    }

    private static boolean hasIdle(Line line) {
        return line.waiting.stream().anyMatch(call -> !call.party().isWorking());
    }

    private void handOut() {
        while (slots < limits.transactions() && !turns.isEmpty()) {
            Line line = turns.remove();
            line.inTurn = false;
            handOut(line);
            takeTurn(line);
        }
    }

    private void handOut(Line line) {
        line.waiting.stream()
                .map(QueuedCall::party)
                .filter(party -> !party.isWorking())
                .findFirst()
                .ifPresent(party -> {
                    line.working.add(party);
                    slots++;
                    party.work();
                });
    }

    /** What the working party runs now: what has waited longest; of few calls its own. */
    List<QueuedCall<?>> take(Party party) {
        lock.lock();
        try {
            Line line = line(party);
            List<QueuedCall<?>> taken = hasFew(line) ? own(party, line) : oldest(line);
            line.taken.put(party, taken.size());
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what the party waits for itself. */
    private static List<QueuedCall<?>> own(Party party, Line line) {
        List<QueuedCall<?>> own = new ArrayList<>(party.calls());
        own.retainAll(line.waiting);
        line.waiting.removeAll(own);
        return own;
    }

    private List<QueuedCall<?>> oldest(Line line) {
        List<QueuedCall<?>> oldest = new ArrayList<>();
        while (oldest.size() < limits.batchSize() && !line.waiting.isEmpty()) {
            oldest.add(line.waiting.remove());
        }
        return oldest;
    }

    /** The party has worked; its slot goes to another one. */
    void leave(Party party) {
        lock.lock();
        try {
            Line line = line(party);
            party.rest();
            line.working.remove(party);
            line.taken.remove(party);
            slots--;
            takeTurn(line);
            handOut();
            forget(party, line);
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what waits and was not taken; nothing if the party is to work. */
    List<QueuedCall<?>> giveUp(Party party) {
        lock.lock();
        try {
            if (party.isWorking()) {
                return List.of();
            }
            Line line = lines.get(party.tenant());
            if (line == null) {
                return List.of();
            }
            List<QueuedCall<?>> given = own(party, line);
            takeTurn(line);
            handOut();
            forget(party, line);
            return given;
        } finally {
            lock.unlock();
        }
    }

    private Line line(Party party) {
        Line line = lines.get(party.tenant());
        if (line == null) {
            throw new IllegalStateException("the party has not entered");
        }
        return line;
    }

    private void forget(Party party, Line line) {
        if (line.working.isEmpty() && line.waiting.isEmpty()) {
            lines.remove(party.tenant());
            if (line.inTurn) {
                turns.remove(line);
            }
        }
    }
}
