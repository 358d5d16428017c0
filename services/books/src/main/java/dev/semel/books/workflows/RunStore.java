package dev.semel.books.workflows;

import dev.semel.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Starts runs at their first attempt, all of one tenant; returns the ids of those that were not there yet. */
    Set<UUID> start(String tenant, List<StoredRun> first) throws Exception {
        return inside(tenant, () -> runs.start(tenant, first));
    }

    /** The run, one attempt further; empty if it is over. */
    Optional<StoredRun> resume(String tenant, UUID id) throws Exception {
        return inside(tenant, () -> runs.begin(tenant, id).map(run -> run.withFinished(steps.results(run))));
    }

    void keep(StoredRun run, StepResult result) throws Exception {
        inside(run.tenant(), () -> {
            steps.insert(run.tenant(), List.of(new StepTable.Row(run.id(), result)));
            return result;
        });
    }

    /**
     * Keeps the last results of runs of one tenant and ends the runs; returns the ids of those that no later attempt has taken over.
     * The results of the others are kept all the same.
     */
    Set<UUID> complete(String tenant, List<FinishedRun> finished) throws Exception {
        List<StepTable.Row> results = new ArrayList<>();
        finished.forEach(one -> one.last()
                .ifPresent(last -> results.add(new StepTable.Row(one.run().id(), last))));
        return transactions.run(tenant, connection -> {
            steps.insert(tenant, results);
            return runs.complete(
                    connection, finished.stream().map(FinishedRun::run).toList());
        });
    }

    /** Runs of one tenant whose attempt was started and not begun. */
    void putBack(String tenant, List<StoredRun> notBegun) throws Exception {
        inside(tenant, () -> {
            notBegun.forEach(runs::putBack);
            return notBegun;
        });
    }

    /** @throws OvertakenException if a later attempt has taken the run over */
    void end(StoredRun run, RunState state, @Nullable String error) throws Exception {
        if (!inside(run.tenant(), () -> runs.end(run, state, error))) {
            throw new OvertakenException(run);
        }
    }

    private <T> T inside(String tenant, Supplier<T> body) throws Exception {
        return transactions.run(tenant, connection -> body.get());
    }
}
