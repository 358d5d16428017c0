package dev.semel.internal;

import dev.semel.BatchHandler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.RequestInProgressException;
import dev.semel.TransactionBody;
import dev.semel.failpoint.WriteFailpoints;
import dev.semel.internal.SharedStatements.Savepoint;
import dev.semel.internal.SharedStatements.Since;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several calls of one tenant in one transaction, each as far as possible by itself: it has a savepoint, and what it comes to is
 * told after the commit. Whatever goes wrong beyond one handler is thrown: then everything is rolled back, and each call goes
 * alone. Used once, by one thread.
 */
final class SharedTransaction implements TransactionBody<List<Member<?>>> {
    /**
     * In milliseconds. Two of these that wait for each other's rows, or one that waits for anybody's, give up soon: their
     * handlers hold what all their calls have locked.
     */
    private static final long LOCK_WAIT = 100;

    private final Machinery machinery;
    private final List<QueuedCall<?>> calls;
    private final String tenant;
    private List<Member<?>> kept = List.of();
    private Since since = Since.NOTHING;
    private Savepoint savepoint = Savepoint.EVEN;
    private boolean begun;
    private boolean interrupted;
    private boolean stalled;

    SharedTransaction(Machinery machinery, List<QueuedCall<?>> calls) {
        this.machinery = machinery;
        this.calls = calls;
        this.tenant = calls.get(0).tenant();
    }

    /** Whether there was a transaction at all. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the thread was told to stop while it worked for others. */
    boolean wasInterrupted() {
        return interrupted;
    }

    @Override
    public List<Member<?>> run(Connection connection) throws Exception {
        begun = true;
        OpenTransaction transaction = OpenTransaction.of(connection, keys(), LOCK_WAIT);
        List<Member<?>> members = probe(connection);
        List<Member<?>> fresh = new ArrayList<>();
        for (Member<?> member : members) {
            if (member.isFresh(machinery.replays(), connection)) {
                fresh.add(member);
            }
        }
        for (List<Member<?>> group : byOperation(fresh)) {
            execute(transaction, group);
        }
        finish(connection, members, !fresh.isEmpty());
        return members;
    }

    private Set<Key> keys() {
        return calls.stream().<Key>map(call -> call.call().key()).collect(Collectors.toUnmodifiableSet());
    }

    private List<Member<?>> probe(Connection connection) throws SQLException {
        List<KeyProbe> probes = SharedStatements.probe(
                connection, tenant, calls.stream().map(QueuedCall::call).toList(), LOCK_WAIT);
        List<Member<?>> members = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            members.add(new Member<>(calls.get(i), probes.get(i)));
        }
        return members;
    }

    private static List<List<Member<?>>> byOperation(List<Member<?>> fresh) {
        Map<Operation<?, ?>, List<Member<?>>> groups = new LinkedHashMap<>();
        for (Member<?> member : fresh) {
            groups.computeIfAbsent(member.operation(), one -> new ArrayList<>()).add(member);
        }
        return List.copyOf(groups.values());
    }

    @SuppressWarnings("unchecked") // all of one operation, whose handlers are of its types
    private <P, R> void execute(OpenTransaction transaction, List<Member<?>> group) throws Exception {
        List<Member<R>> oneByOne = new ArrayList<>();
        List<Member<R>> together = new ArrayList<>();
        Operation<P, R> operation = (Operation<P, R>) group.get(0).operation();
        Optional<BatchHandler<P, R>> handler = machinery.bindings().batchHandler(operation);
        for (Member<?> member : group) {
            boolean hasVariables = !member.call().variables().isEmpty();
            (handler.isPresent() && !hasVariables ? together : oneByOne).add((Member<R>) member);
        }
        if (handler.isPresent() && together.size() > 1) {
            oneByOne.addAll(executeSet(transaction, handler.get(), together));
        } else {
            oneByOne.addAll(together);
        }
        for (Member<R> member : oneByOne) {
            execute(transaction, member);
        }
    }

    /** Gives back those that are to be done one by one. */
    private <P, R> List<Member<R>> executeSet(
            OpenTransaction transaction, BatchHandler<P, R> handler, List<Member<R>> together) throws Exception {
        if (!begin(transaction)) {
            return together;
        }
        try {
            List<Member<R>> leftOut = new SharedSet<P, R>(machinery, transaction, together).handle(handler);
            requireGoOn(false);
            keep(together);
            return leftOut;
        } catch (Exception failure) {
            undo();
            together.forEach(Member::goesAlone);
            stalled |= isStall(failure);
            return together;
        }
    }

    private <R> void execute(OpenTransaction transaction, Member<R> member) throws Exception {
        if (!begin(transaction)) {
            return;
        }
        Work work = new Work(machinery, transaction);
        try {
            member.executed(work.handle(member.call(), member.replacesExpired()), work);
            work.requireSound();
        } catch (OutOfMemoryError error) {
            throw error; // whose it is cannot be known
        } catch (Exception | Error failure) {
            undo();
            end(member, work, failure);
            return;
        }
        if (machinery.transactions().mayGoOn(false)) {
            keep(List.of(member));
        } else {
            undo();
            member.goesAlone();
        }
    }

    /** False if the transaction takes no more handlers: a lock was not to be had, and it holds many. */
    private boolean begin(OpenTransaction transaction) throws SQLException {
        interrupted |= Thread.interrupted();
        if (stalled) {
            return false;
        }
        if (since != Since.NOTHING) {
            next(transaction.connection());
        }
        return true;
    }

    private void next(Connection connection) throws SQLException {
        if (since == Since.UNDONE) {
            SharedStatements.undo(connection, tenant, savepoint);
        } else {
            keepOrUndo(connection);
        }
        kept = List.of();
        since = Since.NOTHING;
    }

    private void keepOrUndo(Connection connection) throws SQLException {
        try {
            SharedStatements.keep(connection, tenant, savepoint);
            savepoint = savepoint.next();
        } catch (SQLException failure) {
            // The handler before went on after a failed statement: it alone is undone. If it was kept, and only the
            // answer was
            // lost, its savepoint is no longer there, and this fails.
            SharedStatements.undo(connection, tenant, savepoint);
            kept.forEach(Member::goesAlone);
        }
    }

    private void requireGoOn(boolean undone) {
        if (!machinery.transactions().mayGoOn(undone)) {
            throw new IllegalStateException("what a handler did cannot be told from what others did");
        }
    }

    private void keep(List<? extends Member<?>> done) {
        kept = List.copyOf(done);
        since = Since.KEPT;
    }

    private void undo() {
        since = Since.UNDONE;
        kept = List.of();
        requireGoOn(true);
    }

    private <R> void end(Member<R> member, Work work, Throwable failure) {
        boolean wasToStop = Thread.interrupted() || failure instanceof InterruptedException;
        interrupted |= wasToStop;
        stalled |= isStall(failure);
        if (wasToStop || stalled || failure instanceof RequestInProgressException) {
            member.goesAlone();
        } else if (failure instanceof RejectedException rejection
                && member.operation().rememberRejections()) {
            member.rejected(rejection, work);
        } else {
            member.failed(failure);
        }
    }

    private static boolean isStall(Throwable failure) {
        return SqlFailures.isLockTimeout(failure) || SqlFailures.isConflict(failure);
    }

    private void finish(Connection connection, List<Member<?>> members, boolean executed) throws Exception {
        NewRows rows = new NewRows();
        members.forEach(member -> member.rows().ifPresent(rows::addAll));
        boolean commit = machinery.transactions().mayCommitWithLastStatements();
        if (executed) {
            machinery.failpoints().reach(WriteFailpoints.AFTER_HANDLER, connection);
        }
        SharedStatements.finish(connection, tenant, rows, new SharedStatements.Ending(since, savepoint, commit));
        if (executed) {
            machinery.failpoints().reach(WriteFailpoints.AFTER_LAST_STATEMENTS, connection);
        }
    }
}
