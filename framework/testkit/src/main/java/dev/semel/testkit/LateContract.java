package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Risk;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.maintenance.PruneKeys;
import dev.semel.testkit.internal.Change;
import dev.semel.testkit.internal.Ending;
import dev.semel.testkit.internal.Footprint;
import java.time.Duration;
import java.util.Objects;

/** What holds once every key has expired. */
final class LateContract<I> {
    private static final Duration LONGER_THAN_ANY_RETENTION = Duration.ofHours(73);
    private static final int CONNECTIONS = 4;

    private final Trial<I> trial;

    LateContract(Trial<I> trial) {
        this.trial = trial;
    }

    void check() {
        trial.database().passTime(LONGER_THAN_ANY_RETENTION);
        if (trial.tested().operation().risk() == Risk.FINANCIAL) {
            isAnsweredAgain("a late retry");
            pruneKeys();
            isAnsweredAgain("a retry whose key has been pruned");
        } else {
            isExecutedAnewOrNotAtAll();
        }
    }

    private Ending askLate() {
        return trial.ask(trial.caller(), trial.key(), trial.input());
    }

    private void isAnsweredAgain(String what) {
        Footprint start = trial.footprint(trial.caller());
        Ending late = askLate();
        boolean rejectionIsForgotten = trial.first().resultId() == null && isExpired(late);
        if (!rejectionIsForgotten) {
            Ending.Answered answer = trial.answered(late, what + " is not answered");
            trial.demand(answer.replayed(), what + " is a replay");
            demandSameResultId(answer, what);
        }
        demandUnchangedSince(start, what);
        Ending other = trial.ask(trial.caller(), trial.key(), trial.tested().otherInput(trial.input()));
        trial.demand(
                other instanceof Ending.Failed failed && failed.failure() instanceof KeyReusedException,
                "something else under an expired key is refused, but ended as " + other);
        demandUnchangedSince(start, "something else under an expired key");
    }

    private void isExecutedAnewOrNotAtAll() {
        Footprint start = trial.footprint(trial.caller());
        Ending late = askLate();
        if (!(late instanceof Ending.Answered answer)) {
            trial.demand(isExpired(late), "a late retry is executed or refused as expired, but ended as " + late);
            demandUnchangedSince(start, "a late retry that is refused");
        } else if (answer.replayed()) {
            demandSameResultId(answer, "a late retry that is answered from its row");
            demandUnchangedSince(start, "a late retry that is answered from its row");
        } else if (answer.resultId() == null) {
            isRejected(start);
        } else {
            isExecutedAnew(start, answer);
        }
    }

    private void isRejected(Footprint start) {
        Change more = trial.footprint(trial.caller()).since(start);
        boolean isRemembered = trial.tested().operation().rememberRejections() && more.isOfOneRejection();
        trial.demand(
                more.isEmpty() || isRemembered,
                "a late retry that is rejected writes nothing but its rejection, if that is remembered, but left "
                        + more);
    }

    private void isExecutedAnew(Footprint start, Ending.Answered answer) {
        Change more = trial.footprint(trial.caller()).since(start);
        demandSameResultId(answer, "a late retry that is executed anew");
        trial.demand(
                more.executions() > 0 && more.executions() <= trial.written().executions(),
                "a late retry is executed anew once, but left " + more);
        Footprint then = trial.footprint(trial.caller());
        Ending.Answered again = trial.answered(askLate(), "the retry of a late retry is not answered");
        trial.demand(
                again.replayed() && again.answer().equals(answer.answer()),
                "the retry of a late retry is answered with the same bytes");
        demandUnchangedSince(then, "the retry of a late retry");
    }

    private void demandSameResultId(Ending.Answered answer, String what) {
        trial.demand(
                Objects.equals(answer.resultId(), trial.first().resultId()), what + " keeps the write's result id");
    }

    private void demandUnchangedSince(Footprint start, String what) {
        Change more = trial.footprint(trial.caller()).since(start);
        trial.demand(more.isEmpty(), what + " writes nothing, but left " + more);
    }

    private static boolean isExpired(Ending ending) {
        return ending instanceof Ending.Failed failed && failed.failure() instanceof KeyExpiredException;
    }

    private void pruneKeys() {
        try (HikariDataSource pool = trial.database().pool(CONNECTIONS)) {
            PruneKeys.ofDefaults(MaintenanceTransactions.of(pool)).run();
        } catch (Exception e) {
            throw new AssertionError("keys cannot be pruned", e);
        }
    }
}
