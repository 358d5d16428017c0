package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call on its way through its tenant's queue. Thread-safe: whoever works settles it, and its own thread goes on from there. */
final class QueuedCall<R> {
    private final Execution<R> execution;
    private final Party party;
    private final AtomicReference<@Nullable Settlement<R>> settlement = new AtomicReference<>();

    QueuedCall(Execution<R> execution, Party party) {
        this.execution = execution;
        this.party = party;
    }

    Call<?, R> call() {
        return execution.call();
    }

    Party party() {
        return party;
    }

    String tenant() {
        return call().caller().tenant();
    }

    /** Its handler starts. */
    void executing() {
        execution.executing();
    }

    /** Its first try, in a transaction of its own, by its own thread. */
    void tryAlone() {
        try {
            settle(new Settlement.Tried<>(execution.tryOnce(), execution.events()));
        } catch (RuntimeException | Error failure) {
            settle(new Settlement.Thrown<>(failure));
        }
    }

    /** The first settlement holds. */
    void settle(Settlement<R> how) {
        if (settlement.compareAndSet(null, how)) {
            party.settledOne();
        }
    }

    /** Unless it is settled already. */
    void settleAlone() {
        settle(new Settlement.Alone<>());
    }

    /** Goes on to its outcome, in its own thread. */
    Outcome<R> outcome() {
        Settlement<R> how = settlement.get();
        if (how == null) {
            throw new IllegalStateException("the call is still waiting");
        }
        return execution.goOn(how);
    }
}
