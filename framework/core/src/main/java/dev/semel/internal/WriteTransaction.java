package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.ReentryException;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.ResultTooLargeException;
import dev.semel.Snapshot;
import dev.semel.TransactionBody;
import dev.semel.audit.AuditStatus;
import dev.semel.failpoint.Failpoint;
import dev.semel.failpoint.WriteFailpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
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
    private final Batch batch = new Batch();
    private Phase phase = Phase.PROBING;
    private @Nullable Connection connection;
    private @Nullable Connection guarded;
    private @Nullable RuntimeException doom;

    WriteTransaction(Machinery machinery, Call<?, R> call, Runnable onExecuting) {
        this.machinery = machinery;
        this.call = call;
        this.onExecuting = onExecuting;
    }

    Phase phase() {
        return phase;
    }

    @Override
    public Step<R> run(Connection opened) throws Exception {
        requireTransaction(opened);
        connection = opened;
        guarded = GuardedConnection.guard(opened);
        boolean remember = call.operation().rememberRejections();
        KeyProbe probe = machinery.layout().probe(opened, call, remember);
        StoredKey stored = probe.stored().orElse(null);
        if (stored != null && stored.live()) {
            return machinery.replays().answer(opened, call, stored);
        }
        if (probe.lock() != KeyProbe.Lock.FREE) {
            return new Step.Busy<>(probe.lock() == KeyProbe.Lock.BUSY);
        }
        onExecuting.run();
        return remember ? executeRemembering(opened, stored != null) : execute(opened, stored != null);
    }

    private static void requireTransaction(Connection opened) throws SQLException {
        if (opened.getAutoCommit()) {
            throw new IllegalStateException("Semel writes need a transaction, but the connection commits by itself");
        }
    }

    private Step<R> execute(Connection opened, boolean replacesExpired) throws Exception {
        Outcome<R> outcome = handle(call, replacesExpired);
        finish(opened, false);
        return new Step.Done<>(outcome);
    }

    private Step<R> executeRemembering(Connection opened, boolean replacesExpired) throws Exception {
        try {
            return execute(opened, replacesExpired);
        } catch (RejectedException rejection) {
            batch.clear();
            doom = null;
            record(
                    call,
                    Rejections.store(machinery.codec(), rejection),
                    replacesExpired,
                    AuditStatus.REJECTED,
                    System.nanoTime());
            finish(opened, true);
            return new Step.Rejected<>(rejection);
        }
    }

    private void finish(Connection opened, boolean toSavepoint) throws Exception {
        if (doom != null) {
            throw doom;
        }
        boolean commit = machinery.transactions().mayCommitWithLastStatements();
        reach(WriteFailpoints.AFTER_HANDLER);
        phase = Phase.FINISHING;
        machinery.layout().finish(opened, batch, new KeyLayout.Ending(toSavepoint, commit));
        reach(WriteFailpoints.AFTER_LAST_STATEMENTS);
    }

    private <P, T> Outcome<T> handle(Call<P, T> handled, boolean replacesExpired) throws Exception {
        phase = Phase.HANDLING;
        long start = System.nanoTime();
        UUID resultId = resultId(handled);
        WriteContext<P> write = new WriteContext<>(handled, resultId, this);
        T result = handled.handler().handle(write);
        Snapshot snapshot = snapshot(handled.operation(), result);
        write.end(snapshot);
        record(handled, snapshot, replacesExpired, AuditStatus.EXECUTED, start);
        return new Outcome.Executed<>(resultId, snapshot, result);
    }

    private <T> Snapshot snapshot(Operation<?, T> operation, T result) {
        byte[] body = machinery.codec().write(result);
        if (body.length > operation.maxResultBytes()) {
            throw new ResultTooLargeException("The result of " + operation.name() + " has " + body.length
                    + " bytes; at most " + operation.maxResultBytes() + " are stored.");
        }
        return new Snapshot(operation.resultTypeId(), Snapshot.JSON, body);
    }

    private void record(
            Call<?, ?> recorded, Snapshot snapshot, boolean replacesExpired, AuditStatus status, long startNanos) {
        UUID resultId = resultId(recorded);
        long micros = Duration.ofNanos(System.nanoTime() - startNanos).toNanos() / 1_000;
        batch.add(
                new NewKey(recorded, resultId, snapshot, replacesExpired),
                AuditRow.of(
                        recorded, new AuditRow.Ending(status, resultId, Listeners.resourceId(recorded), null, micros)));
    }

    private static UUID resultId(Call<?, ?> call) {
        return Names.resultId(
                call.caller().tenant(), call.operation().name(), call.key().value());
    }

    Connection guardedConnection() {
        return opened(guarded);
    }

    <P> byte[] canonical(Operation<P, ?> operation, P payload) {
        return Canonical.of(machinery.codec(), operation, payload);
    }

    <P, T> Handler<P, T> handler(Operation<P, T> operation) {
        return machinery.bindings().handler(operation);
    }

    void add(EventRow event) {
        batch.add(event);
    }

    byte[] json(Object value) {
        return machinery.codec().write(value);
    }

    void reach(Failpoint failpoint) throws SQLException {
        machinery.failpoints().reach(failpoint, opened(connection));
    }

    /** How many events the transaction inserts, nested writes' events included. */
    int events() {
        return batch.events().size();
    }

    /**
     * Another write in this transaction. Its key is looked up as any other. Whatever it fails with fails the whole, even if
     * the outer handler goes on: its rows are there and its key is not.
     */
    <P, T> Outcome<T> nested(Call<P, T> inner) {
        try {
            requireNew(inner);
            Connection opened = opened(connection);
            KeyProbe probe = machinery.layout().probe(opened, inner, false);
            StoredKey stored = probe.stored().orElse(null);
            if (stored != null && stored.live()) {
                return done(machinery.replays().answer(opened, inner, stored));
            }
            if (probe.lock() != KeyProbe.Lock.FREE) {
                throw new RequestInProgressException();
            }
            return handle(inner, stored != null);
        } catch (Exception failure) {
            doom = Failures.unchecked(failure);
            throw doom;
        }
    }

    private void requireNew(Call<?, ?> inner) {
        if (batch.keys().stream().anyMatch(key -> key.call().key().equals(inner.key()))) {
            throw new ReentryException(
                    "Two nested writes of " + inner.operation().name() + " have one name: each needs its own.");
        }
    }

    private static <T> Outcome<T> done(Step<T> step) {
        if (step instanceof Step.Done<T> done) {
            return done.outcome();
        }
        throw ((Step.Rejected<T>) step).rejection().asNew();
    }

    private static Connection opened(@Nullable Connection connection) {
        if (connection == null) {
            throw new IllegalStateException("the write has not started");
        }
        return connection;
    }
}
