package dev.semel.internal;

import dev.semel.Coalescing;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.UnavailableException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls together that wait at the same moment. There is no thread but the callers': one that finds a slot free works for
 * all that wait (of few calls, for its own), the others wait without a connection, until their calls are settled or they are to work. Nobody waits for
 * more to come; a call that is alone goes the way it would go without all this. Thread-safe.
 */
final class Coalescer {
    private static final Logger LOG = LoggerFactory.getLogger(Coalescer.class);

    private final Machinery machinery;
    private final Coalescing limits;
    private final CallQueue queue;
    private final Reentry reentry;
    private final Listeners listeners;

    Coalescer(Machinery machinery, Coalescing limits, Reentry reentry, Listeners listeners) {
        this.machinery = machinery;
        this.limits = limits;
        this.queue = new CallQueue(limits);
        this.reentry = reentry;
        this.listeners = listeners;
    }

    boolean takes(Operation<?, ?> operation) {
        return operation.coalesced() && limits.shares();
    }

    int batchSize() {
        return limits.batchSize();
    }

    /** One call to its outcome. */
    <R> Outcome<R> run(Execution<R> execution) {
        Party party = new Party();
        QueuedCall<R> call = party.add(execution);
        settle(party);
        return outcome(call);
    }

    <R> Outcome<R> outcome(QueuedCall<R> settled) {
        return reentry.within(settled::outcome);
    }

    /**
     * Returns when all calls of the party are settled. If the thread is interrupted, or it takes too long, those that have not
     * begun leave; those that have get their true outcome.
     */
    void settle(Party party) {
        machinery.transactions().requireNone();
        Deadline deadline = Deadline.after(limits.longestWait());
        boolean interrupted = false;
        queue.enter(party);
        try {
            // Another may have done the party's calls since it was given a slot, which it has to give back all the
            // same.
            while (!party.isSettled() || party.isWorking()) {
                party.await(deadline.orAfter(limits.patience()));
                interrupted |= workOrLeave(party, deadline);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the thread was told to stop. */
    private boolean workOrLeave(Party party, Deadline deadline) {
        if (party.isWorking()) {
            return work(party);
        }
        if (party.isSettled()) {
            return false;
        }
        boolean interrupted = Thread.interrupted();
        if (!interrupted && !deadline.passed()) {
            queue.lookAgain(party);
            return false;
        }
        Exception why = interrupted
                ? new InterruptedException("interrupted while waiting for a transaction")
                : new TimeoutException("no transaction was free for " + limits.longestWait());
        for (QueuedCall<?> call : queue.giveUp(party)) {
            call.settle(new Settlement.Thrown<>(new UnavailableException(why)));
        }
        party.awaitCalmly();
        return interrupted;
    }

    private boolean work(Party party) {
        List<QueuedCall<?>> taken = queue.take(party);
        List<Member<?>> members = List.of();
        boolean interrupted = false;
        try {
            if (taken.size() == 1) {
                alone(taken.get(0), party);
            } else if (!taken.isEmpty()) {
                interrupted = Thread.interrupted();
                SharedTransaction shared = new SharedTransaction(machinery, taken);
                members = together(shared, taken, interrupted);
                interrupted |= shared.wasInterrupted();
            }
        } finally {
            queue.leave(party);
            members.forEach(Member::settle);
            taken.forEach(QueuedCall::settleAlone);
        }
        return interrupted;
    }

    /** Another thread's call goes its way there. */
    private void alone(QueuedCall<?> call, Party party) {
        if (call.party() == party) {
            reentry.within(() -> {
                call.tryAlone();
                return call;
            });
        }
    }

    /** Empty if each is to go alone. */
    private List<Member<?>> together(SharedTransaction shared, List<QueuedCall<?>> taken, boolean interrupted) {
        try {
            List<Member<?>> members =
                    reentry.within(() -> machinery.transactions().run(shared));
            long alone = members.stream().filter(Member::isAlone).count();
            listeners.coalesced(taken.size() - Math.toIntExact(alone), Math.toIntExact(alone));
            return members;
        } catch (Exception | Error failure) {
            LOG.debug("{} calls go alone, their shared transaction was rolled back", taken.size(), failure);
            if (failure instanceof Exception exception
                    && !shared.hasBegun()
                    && !interrupted
                    && SqlFailures.isUnavailable(exception)) {
                taken.forEach(call -> call.settle(new Settlement.NotBegun<>(exception)));
            }
            listeners.coalesced(0, taken.size());
            return List.of();
        }
    }
}
