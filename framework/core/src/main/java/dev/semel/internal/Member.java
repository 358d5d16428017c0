package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.SemelException;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call in a shared transaction. What it came to is only planned until the transaction has committed: a rejection, too, may
 * rest on what another call did in it. Belongs to the worker's thread.
 */
final class Member<R> {
    private final QueuedCall<R> queued;
    private final KeyProbe probe;
    private Settlement<R> planned = new Settlement.Alone<>();
    private @Nullable Work left;

    Member(QueuedCall<R> queued, KeyProbe probe) {
        this.queued = queued;
        this.probe = probe;
    }

    Call<?, R> call() {
        return queued.call();
    }

    Operation<?, R> operation() {
        return call().operation();
    }

    boolean replacesExpired() {
        return probe.stored().isPresent();
    }

    /** Whether its handler has to run. If not, it is planned what the call comes to. */
    boolean isFresh(Replays replays, Connection connection) throws Exception {
        StoredKey stored = probe.stored().orElse(null);
        if (stored == null || !stored.live()) {
            return isFree();
        }
        if (stored.snapshot() != null) { // a tombstone needs the application's recall, which may fail: alone
            answer(replays, connection, stored);
        }
        return false;
    }

    private boolean isFree() {
        if (probe.lock() != KeyProbe.Lock.FREE) {
            step(new Step.Busy<>(probe.lock() == KeyProbe.Lock.BUSY), 0);
            return false;
        }
        queued.executing();
        return true;
    }

    private void answer(Replays replays, Connection connection, StoredKey stored) throws Exception {
        try {
            step(replays.answer(connection, call(), stored), 0);
        } catch (SemelException refusal) {
            planned = new Settlement.Thrown<>(refusal);
        }
    }

    private void step(Step<R> step, int events) {
        planned = new Settlement.Tried<>(Optional.of(step), events);
    }

    /** Its handler, or one for many, has done what the call asked for. */
    void executed(Outcome<R> outcome, Work work) {
        left = work;
        step(new Step.Done<>(outcome), work.rows().events().size());
    }

    /** What was done is undone, and the rejection remembered. */
    void rejected(RejectedException rejection, Work work) {
        work.reject(call(), rejection, replacesExpired());
        left = work;
        step(new Step.Rejected<>(rejection), 0);
    }

    /** What was done is undone. */
    void failed(Throwable failure) {
        left = null;
        planned = failure instanceof Exception exception
                ? new Settlement.HandlerFailed<>(exception)
                : new Settlement.Thrown<>(failure);
    }

    /** What was done, if anything, is undone. */
    void goesAlone() {
        left = null;
        planned = new Settlement.Alone<>();
    }

    boolean isAlone() {
        return planned instanceof Settlement.Alone<R>;
    }

    /** What it leaves, once the transaction ends. */
    Optional<NewRows> rows() {
        return Optional.ofNullable(left).map(Work::rows);
    }

    /** The transaction has committed. */
    void settle() {
        queued.settle(planned);
    }
}
