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
import dev.semel.UndeclaredRejections;
import dev.semel.audit.AuditStatus;
import dev.semel.failpoint.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one call does in an open transaction: its handler, the writes inside it, and the rows that it will leave. Used once. */
final class Work {
    private final Machinery machinery;
    private final OpenTransaction transaction;
    private final NewRows rows = new NewRows();
    private @Nullable RuntimeException doom;

    Work(Machinery machinery, OpenTransaction transaction) {
        this.machinery = machinery;
        this.transaction = transaction;
    }

    /** What is to be inserted when the handler is done. */
    NewRows rows() {
        return rows;
    }

    /** Runs the call's own handler. */
    <P, T> Outcome<T> handle(Call<P, T> call, boolean replacesExpired) throws Exception {
        long start = System.nanoTime();
        WriteContext<P> write = write(call);
        return complete(call, write, result(call, write), new Handled(replacesExpired, start));
    }

    private static <P, T> T result(Call<P, T> call, WriteContext<P> write) throws Exception {
        try {
            return call.handler().handle(write);
        } catch (RejectedException rejection) {
            UndeclaredRejections.check(call.operation(), rejection);
            throw rejection;
        }
    }

    <P> WriteContext<P> write(Call<P, ?> call) {
        return new WriteContext<>(call, resultId(call), this);
    }

    /**
     * How a handler came to its result.
     *
     * @param replacesExpired whether an expired row of its key has to go
     */
    record Handled(boolean replacesExpired, long startNanos) {}

    /** The handler has answered: its result becomes what is stored. */
    <P, T> Outcome<T> complete(Call<P, T> call, WriteContext<P> write, T result, Handled handled) {
        Snapshot snapshot = snapshot(call.operation(), result);
        write.end(snapshot);
        NewKey key = new NewKey(call, write.resultId(), snapshot, handled.replacesExpired());
        record(key, handled.startNanos(), AuditStatus.EXECUTED);
        return new Outcome.Executed<>(write.resultId(), snapshot, result);
    }

    /** Remembers a rejection in place of all that the handler did. */
    void reject(Call<?, ?> call, RejectedException rejection, boolean replacesExpired) {
        rows.clear();
        doom = null;
        Snapshot snapshot = Rejections.store(machinery.codec(), rejection);
        record(new NewKey(call, resultId(call), snapshot, replacesExpired), System.nanoTime(), AuditStatus.REJECTED);
    }

    /** @throws RuntimeException what a write inside this one failed with, whatever the handler made of it */
    void requireSound() {
        if (doom != null) {
            throw doom;
        }
    }

    private <T> Snapshot snapshot(Operation<?, T> operation, T result) {
        byte[] body = machinery.codec().write(result);
        if (body.length > operation.maxResultBytes()) {
            throw new ResultTooLargeException("The result of " + operation.name() + " has " + body.length
                    + " bytes; at most " + operation.maxResultBytes() + " are stored.");
        }
        return new Snapshot(operation.resultTypeId(), Snapshot.JSON, body);
    }

    private void record(NewKey key, long startNanos, AuditStatus status) {
        Call<?, ?> recorded = key.call();
        long micros = Duration.ofNanos(System.nanoTime() - startNanos).toNanos() / 1_000;
        String resourceId = Listeners.resourceId(recorded, key::resultId);
        rows.add(key, AuditRow.of(recorded, new AuditRow.Ending(status, key.resultId(), resourceId, null, micros)));
    }

    static UUID resultId(Call<?, ?> call) {
        return Names.resultId(
                call.caller().tenant(), call.operation().name(), call.key().value());
    }

    Connection guardedConnection() {
        return transaction.guarded();
    }

    <P> byte[] canonical(Operation<P, ?> operation, P payload) {
        return Canonical.of(machinery.codec(), operation, payload);
    }

    <P, T> Handler<P, T> handler(Operation<P, T> operation) {
        return machinery.bindings().handler(operation);
    }

    void add(EventRow event) {
        rows.add(event);
    }

    byte[] json(Object value) {
        return machinery.codec().write(value);
    }

    void reach(Failpoint failpoint) throws SQLException {
        machinery.failpoints().reach(failpoint, transaction.connection());
    }

    /**
     * Another write in this transaction. Its key is looked up as any other. Whatever it fails with fails the whole, even if
     * the outer handler goes on: its rows are there and its key is not.
     */
    <P, T> Outcome<T> nested(Call<P, T> inner) {
        try {
            requireNew(inner);
            if (transaction.keys().contains(inner.key())) {
                throw new RequestInProgressException();
            }
            Connection connection = transaction.connection();
            KeyProbe probe =
                    machinery.layout().probe(connection, inner, transaction.lockWait(inner.operation()), false);
            StoredKey stored = probe.stored().orElse(null);
            if (stored != null && stored.live()) {
                return done(machinery.replays().answer(connection, inner, stored));
            }
            if (probe.lock() != KeyProbe.Lock.FREE) {
                throw new RequestInProgressException();
            }
            return handle(inner, stored != null);
        } catch (Exception failure) {
            doom = Failures.unchecked(failure);
            throw doom;
        } catch (Error failure) {
            doom = new IllegalStateException("a write inside this one failed", failure);
            throw failure;
        }
    }

    private void requireNew(Call<?, ?> inner) {
        if (rows.keys().stream().anyMatch(key -> key.call().key().equals(inner.key()))) {
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
}
