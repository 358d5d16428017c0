package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the steps of runs, and keeps what came of them. Thread-safe. */
final class RunSteps {
    /** After so many attempts a run has failed, and waits for somebody to retry it. */
    static final int MAX_ATTEMPTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);

    private final Workflows workflows;
    private final RunStore store;
    private final PayloadCodec codec;

    RunSteps(Workflows workflows, RunStore store, PayloadCodec codec) {
        this.workflows = workflows;
        this.store = store;
        this.codec = codec;
    }

    /**
     * Does what is not done yet. What is returned is still to be completed; empty if the run has failed for good.
     *
     * @throws Exception if it is to be tried again
     */
    Optional<FinishedRun> run(StoredRun run) throws Exception {
        Optional<Workflow> workflow = workflows.find(run.name());
        if (workflow.isEmpty()) {
            store.end(run, RunState.FAILED, "WORKFLOW_UNKNOWN");
            return Optional.empty();
        }
        try {
            return Optional.of(new FinishedRun(run, lastResult(workflow.get(), run)));
        } catch (Exception failure) {
            fail(run, failure);
            return Optional.empty();
        }
    }

    /** The last result is still to be kept; there is none if all was done before. */
    private Optional<StepResult> lastResult(Workflow workflow, StoredRun run) throws Exception {
        Map<String, String> results = new HashMap<>(run.finished());
        Optional<StepResult> last = Optional.empty();
        for (WorkflowStep step : workflow.steps()) {
            if (!results.containsKey(step.name())) {
                if (last.isPresent()) {
                    store.keep(run, last.get());
                }
                Object result = step.action().run(new StepContext(run, step.name(), Map.copyOf(results), codec));
                String json = new String(codec.write(result), StandardCharsets.UTF_8);
                results.put(step.name(), json);
                last = Optional.of(new StepResult(step.name(), json));
            }
        }
        return last;
    }

    /**
     * Completes a run.
     *
     * @throws Exception if it is to be tried again
     */
    void complete(FinishedRun finished) throws Exception {
        try {
            if (complete(List.of(finished)).isEmpty()) {
                throw new OvertakenException(finished.run());
            }
        } catch (Exception failure) {
            fail(finished.run(), failure);
        }
    }

    /** Completes runs of one tenant, all or none; returns the ids of those that no later attempt has taken over. */
    Set<UUID> complete(List<FinishedRun> finished) throws Exception {
        return store.complete(finished.get(0).run().tenant(), finished);
    }

    /**
     * Ends an attempt whose step does not come back.
     *
     * @throws Exception if it is to be tried again
     */
    void giveUp(StoredRun run) throws Exception {
        fail(run, new WorkflowException("STEP_TIMEOUT"));
    }

    /** Has an attempt at runs of one tenant not counted, for nothing of it was done. */
    void putBack(List<StoredRun> notBegun) throws Exception {
        if (!notBegun.isEmpty()) {
            store.putBack(notBegun.get(0).tenant(), notBegun);
        }
    }

    /** Throws the failure, unless it was the last. */
    private void fail(StoredRun run, Exception failure) throws Exception {
        boolean over = run.attempts() >= MAX_ATTEMPTS;
        if (failure instanceof OvertakenException || (failure instanceof InterruptedException && !over)) {
            throw failure; // another has gone on, or the node stops: no fault of the step, and no attempt's end
        }
        String code = failure instanceof WorkflowException known ? known.code() : "STEP_FAILED";
        LOG.warn(
                "workflow run {} of {} failed at attempt {}: {} ({})",
                run.id(),
                run.name(),
                run.attempts(),
                code,
                failure.getClass().getSimpleName());
        store.end(run, over ? RunState.FAILED : RunState.PENDING, code);
        if (!over) {
            throw failure;
        }
    }
}
