package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.TransactionBody;
import dev.semel.failpoint.WriteFailpoints;
import java.sql.Connection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One try of one call in one transaction: probe, handler, finish. Used once, by one thread. */
final class WriteTransaction<R> implements TransactionBody<Step<R>> {
    /** How far the transaction came. */
    enum Phase {
        PROBING,
        HANDLING,
        FINISHING
    }

    private final Machinery machinery;
    private final Call<?, R> call;
    private final Runnable onExecuting;
    private Phase phase = Phase.PROBING;
    private @Nullable Work work;

    WriteTransaction(Machinery machinery, Call<?, R> call, Runnable onExecuting) {
        this.machinery = machinery;
        this.call = call;
        this.onExecuting = onExecuting;
    }

    Phase phase() {
        return phase;
    }

    /** How many events the transaction inserts, nested writes' events included. */
    int events() {
        return work == null ? 0 : work.rows().events().size();
    }

    @Override
    public Step<R> run(Connection opened) throws Exception {
        OpenTransaction transaction = OpenTransaction.of(opened, Set.of(), Long.MAX_VALUE);
        boolean remember = call.operation().rememberRejections();
        KeyProbe probe = machinery.layout().probe(opened, call, transaction.lockWait(call.operation()), remember);
        StoredKey stored = probe.stored().orElse(null);
        if (stored != null && stored.live()) {
            return machinery.replays().answer(opened, call, stored);
        }
        if (probe.lock() != KeyProbe.Lock.FREE) {
            return new Step.Busy<>(probe.lock() == KeyProbe.Lock.BUSY);
        }
        onExecuting.run();
        work = new Work(machinery, transaction);
        return remember ? executeRemembering(opened, work, stored != null) : execute(opened, work, stored != null);
    }

    private Step<R> execute(Connection opened, Work begun, boolean replacesExpired) throws Exception {
        phase = Phase.HANDLING;
        Outcome<R> outcome = begun.handle(call, replacesExpired);
        finish(opened, begun, false);
        return new Step.Done<>(outcome);
    }

    private Step<R> executeRemembering(Connection opened, Work begun, boolean replacesExpired) throws Exception {
        try {
            return execute(opened, begun, replacesExpired);
        } catch (RejectedException rejection) {
            begun.reject(call, rejection, replacesExpired);
            finish(opened, begun, true);
            return new Step.Rejected<>(rejection);
        }
    }

    private void finish(Connection opened, Work done, boolean toSavepoint) throws Exception {
        done.requireSound();
        boolean commit = machinery.transactions().mayCommitWithLastStatements();
        done.reach(WriteFailpoints.AFTER_HANDLER);
        phase = Phase.FINISHING;
        machinery.layout().finish(opened, done.rows(), new KeyLayout.Ending(toSavepoint, commit));
        done.reach(WriteFailpoints.AFTER_LAST_STATEMENTS);
    }
}
