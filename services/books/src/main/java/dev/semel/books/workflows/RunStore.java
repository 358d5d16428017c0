package dev.semel.books.workflows;

import dev.semel.Transactions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is kept of runs, each call in a short transaction of the run's tenant. Thread-safe. */
public final class RunStore {
    private final Transactions transactions;
    private final RunTable runs;
    private final StepTable steps;

    /** Keeps them in those tables. */
    public RunStore(Transactions transactions, RunTable runs, StepTable steps) {
        this.transactions = transactions;
        this.runs = runs;
        this.steps = steps;
    }

    /** The run that an event starts, or has started before; empty if it is over. */
    Optional<StoredRun> start(String tenant, UUID id, String name, String input) throws Exception {
        return inside(tenant, () -> runs.start(tenant, id, name, input).or(() -> anotherAttempt(tenant, id)));
    }

    /** The run, one attempt further; empty if it is over. */
    Optional<StoredRun> resume(String tenant, UUID id) throws Exception {
        return inside(tenant, () -> anotherAttempt(tenant, id));
    }

    private Optional<StoredRun> anotherAttempt(String tenant, UUID id) {
        return runs.begin(tenant, id).map(run -> run.withFinished(steps.results(run)));
    }

    void keep(StoredRun run, StepResult result) throws Exception {
        inside(run.tenant(), () -> {
            steps.insert(run, result);
            return result;
        });
    }

    /**
     * Keeps the last step's result and ends the run.
     *
     * @param last empty if all results are kept already
     * @throws OvertakenException if a later attempt has taken the run over; the result is kept
     */
    void complete(StoredRun run, Optional<StepResult> last) throws Exception {
        requireNotOvertaken(run, inside(run.tenant(), () -> {
            last.ifPresent(result -> steps.insert(run, result));
            return runs.end(run, RunState.COMPLETED, null);
        }));
    }

    /** @throws OvertakenException if a later attempt has taken the run over */
    void end(StoredRun run, RunState state, @Nullable String error) throws Exception {
        requireNotOvertaken(run, inside(run.tenant(), () -> runs.end(run, state, error)));
    }

    private static void requireNotOvertaken(StoredRun run, boolean ended) {
        if (!ended) {
            throw new OvertakenException(run);
        }
    }

    private <T> T inside(String tenant, Supplier<T> body) throws Exception {
        return transactions.run(tenant, connection -> body.get());
    }
}
