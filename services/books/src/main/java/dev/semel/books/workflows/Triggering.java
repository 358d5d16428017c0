package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.PathIds;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Starts a workflow by hand, and retries a run that has failed. Either runs after the commit. */
public final class Triggering {
    /** Emitted with a {@link RunEvent} for a run that was triggered. */
    public static final String STARTED = "workflow-run.triggered";

    /** Emitted with a {@link RunEvent} for a run that was retried. */
    public static final String RETRIED = "workflow-run.retried";

    private final Workflows workflows;
    private final RunTable runs;
    private final PayloadCodec codec;

    /** Writes into that table. */
    public Triggering(Workflows workflows, RunTable runs, PayloadCodec codec) {
        this.workflows = workflows;
        this.runs = runs;
        this.codec = codec;
    }

    /**
     * The body of triggering.
     *
     * @throws RejectedException if there is no such workflow
     */
    public WorkflowStart trigger(String name, Write<TriggerWorkflow> write) {
        Workflow workflow = workflows.find(name).orElseThrow(() -> PathIds.notFound("workflow"));
        UUID id = write.resultId();
        String input = new String(codec.write(write.payload().input()), StandardCharsets.UTF_8);
        runs.insert(write.tenant(), id, workflow.name(), input);
        write.emit(STARTED, "workflow-run:" + id, new RunEvent(id));
        return new WorkflowStart(id, workflow.name(), RunState.PENDING);
    }

    /**
     * The body of retrying.
     *
     * @throws RejectedException if there is no such run, or it has not failed
     */
    public WorkflowRun retry(String id, Write<RetryWorkflowRun> write) {
        String tenant = write.tenant();
        UUID run = PathIds.parse(id, "workflow run");
        if (!runs.retry(tenant, run)) {
            throw runs.find(tenant, run).isPresent()
                    ? RejectedException.conflict("RUN_NOT_FAILED", "Only a run that has failed can be retried.")
                    : PathIds.notFound("workflow run");
        }
        write.emit(RETRIED, "workflow-run:" + run, new RunEvent(run));
        return runs.find(tenant, run).orElseThrow();
    }
}
