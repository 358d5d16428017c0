package dev.semel.books.workflows;

import dev.semel.Transactions;
import java.util.Map;
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

    void start(String tenant, UUID id, String name, String input) throws Exception {
        inside(tenant, () -> {
            runs.insertOnce(tenant, id, name, input);
            return id;
        });
    }

    Optional<StoredRun> begin(String tenant, UUID id) throws Exception {
        return inside(tenant, () -> runs.begin(tenant, id));
    }

    Map<String, String> results(StoredRun run) throws Exception {
        return inside(run.tenant(), () -> steps.results(run));
    }

    void keep(StoredRun run, String step, String result) throws Exception {
        inside(run.tenant(), () -> {
            steps.insert(run, step, result);
            return step;
        });
    }

    /** @throws IllegalStateException if a later attempt has taken the run over: what it delivered is not to be acknowledged */
    void end(StoredRun run, RunState state, @Nullable String error) throws Exception {
        if (!inside(run.tenant(), () -> runs.end(run, state, error))) {
            throw new IllegalStateException("a later attempt has taken run " + run.id() + " over");
        }
    }

    private <T> T inside(String tenant, Supplier<T> body) throws Exception {
        return transactions.run(tenant, connection -> body.get());
    }
}
