package dev.semel.internal;

import dev.semel.Call;
import dev.semel.Fingerprint;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.RequestInProgressException;
import dev.semel.SemelException;
import dev.semel.UnavailableException;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;

/**
 * The leader's way from a call to its outcome: as many transactions as it takes, none of them open while it waits. Used once,
 * by one thread.
 */
final class Execution<R> {
    private static final int MAX_CONFLICTS = 8;
    private static final int MAX_LOST_COMMITS = 3;
    private static final int MAX_LOST_RACES = 3;
    /** A prober of another payload holds the key for a millisecond; only one that stays is a misuse. */
    private static final int PROBES_OF_OTHER_PAYLOAD = 3;

    private final Machinery machinery;
    private final Call<?, R> call;
    private final Runnable onExecuting;
    private final Deadline deadline;
    private final Backoff backoff = new Backoff();
    private int conflicts;
    private int lostCommits;
    private int lostRaces;
    private int probesOfOtherPayload;
    private int events;

    Execution(Machinery machinery, Call<?, R> call, Runnable onExecuting) {
        this.machinery = machinery;
        this.call = call;
        this.onExecuting = onExecuting;
        this.deadline = Deadline.after(call.operation().waitLimit());
    }

    /** How many events the write emitted, once it has run. */
    int events() {
        return events;
    }

    Call<?, R> call() {
        return call;
    }

    /** The handler starts. */
    void executing() {
        onExecuting.run();
    }

    Outcome<R> run() {
        return goOn(tryOnce());
    }

    /** After what another thread did for it. */
    Outcome<R> goOn(Settlement<R> first) {
        if (first instanceof Settlement.Tried<R> tried) {
            events = tried.events();
            return goOn(tried.step());
        }
        if (first instanceof Settlement.HandlerFailed<R> failed) {
            return goOn(afterFailure(WriteTransaction.Phase.HANDLING, failed.failure()));
        }
        if (first instanceof Settlement.NotBegun<R> notBegun) {
            return goOn(afterFailure(WriteTransaction.Phase.PROBING, notBegun.failure()));
        }
        if (first instanceof Settlement.Thrown<R> thrown) {
            throw Failures.uncheckedOrError(thrown.failure());
        }
        return run();
    }

    private Outcome<R> goOn(Optional<Step<R>> first) {
        Optional<Step<R>> step = first;
        while (true) {
            Optional<Outcome<R>> outcome = step.flatMap(this::outcome);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            backoff.pause();
            step = tryOnce();
        }
    }

    private Optional<Outcome<R>> outcome(Step<R> step) {
        if (step instanceof Step.Done<R> done) {
            return Optional.of(done.outcome());
        }
        if (step instanceof Step.Rejected<R> rejected) {
            throw rejected.rejection();
        }
        refuseBusy(((Step.Busy<R>) step).samePayload());
        return Optional.empty();
    }

    private void refuseBusy(boolean samePayload) {
        if (samePayload) {
            onExecuting.run();
        }
        probesOfOtherPayload = samePayload ? 0 : probesOfOtherPayload + 1;
        if (probesOfOtherPayload == PROBES_OF_OTHER_PAYLOAD) {
            throw KeyReusedException.inUse(call.operation());
        }
        if (deadline.passed()) {
            throw new RequestInProgressException();
        }
    }

    /** Empty to try again. */
    Optional<Step<R>> tryOnce() {
        WriteTransaction<R> transaction = new WriteTransaction<>(machinery, call, onExecuting);
        try {
            Step<R> step = machinery.transactions().run(transaction);
            events = transaction.events();
            return Optional.of(step);
        } catch (Exception failure) {
            return afterFailure(transaction.phase(), failure);
        }
    }

    private Optional<Step<R>> afterFailure(WriteTransaction.Phase phase, Exception failure) {
        if (mayTryAgain(phase, failure)) {
            return Optional.empty();
        }
        if (SqlFailures.isUnavailable(failure)) {
            throw new UnavailableException(failure);
        }
        if (phase == WriteTransaction.Phase.PROBING) {
            throw Failures.unchecked(failure);
        }
        return Optional.of(lookAgain(failure));
    }

    private boolean mayTryAgain(WriteTransaction.Phase phase, Exception failure) {
        if (SqlFailures.isConflict(failure)) {
            return ++conflicts <= MAX_CONFLICTS;
        }
        if (phase != WriteTransaction.Phase.FINISHING) {
            return false;
        }
        if (SqlFailures.isUnavailable(failure)) {
            return ++lostCommits <= MAX_LOST_COMMITS && !deadline.passed();
        }
        return SqlFailures.isUniqueViolation(failure) && ++lostRaces <= MAX_LOST_RACES;
    }

    /** Before a failure is reported: if the write has happened elsewhere meanwhile, its outcome is the answer. */
    private Step<R> lookAgain(Exception failure) {
        Optional<Step<R>> found = Optional.empty();
        try {
            found = machinery.transactions().run(connection -> findOutcome(connection, failure));
        } catch (SemelException refusal) {
            throw refusal;
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        return found.orElseThrow(() -> Failures.unchecked(failure));
    }

    private Optional<Step<R>> findOutcome(Connection connection, Exception failure) throws Exception {
        String tenant = call.caller().tenant();
        TenantSetting.set(connection, tenant);
        Optional<StoredKey> stored =
                IdempotencyKeys.find(connection, tenant, call.key().value());
        if (stored.isPresent() && stored.get().live()) {
            return Optional.of(machinery.replays().answer(connection, call, stored.get()));
        }
        return SqlFailures.isUniqueViolation(failure) ? recogniseCollision(connection, stored) : Optional.empty();
    }

    /** The row that this call would create is there already: made under the same key, whose record has expired since. */
    private Optional<Step<R>> recogniseCollision(Connection connection, Optional<StoredKey> expired) throws Exception {
        String tenant = call.caller().tenant();
        UUID resultId =
                Names.resultId(tenant, call.operation().name(), call.key().value());
        Optional<Fingerprint> executed = expired.isPresent()
                ? expired.map(StoredKey::fingerprint)
                : AuditLog.findExecution(connection, tenant, resultId);
        if (executed.isPresent() && !executed.get().equals(call.fingerprint())) {
            throw KeyReusedException.usedBefore(call.operation());
        }
        Optional<Outcome<R>> outcome = machinery.replays().fromCreatedRow(connection, call, resultId);
        if (executed.isEmpty() && outcome.isEmpty()) {
            return Optional.empty();
        }
        if (executed.isEmpty() || outcome.isEmpty()) {
            throw new KeyExpiredException("This idempotency key was used before and has expired. The request was not"
                    + " executed again; use a new key if it is a new request.");
        }
        return outcome.map(Step.Done::new);
    }
}
