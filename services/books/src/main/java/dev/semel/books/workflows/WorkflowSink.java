package dev.semel.books.workflows;

import dev.semel.PayloadCodec;
import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workflows: the relay brings the events that start or continue them, after the commit, under its leases, and again with
 * growing pauses when a step fails. A run's id is its event's or its trigger's, so that there is one run however often the event
 * comes; finished steps are not done again.
 */
public final class WorkflowSink implements EventSink {
    /** After so many attempts a run has failed, and waits for somebody to retry it. */
    static final int MAX_ATTEMPTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowSink.class);

    private final Workflows workflows;
    private final RunStore store;
    private final PayloadCodec codec;

    /** Runs those workflows. */
    public WorkflowSink(Workflows workflows, RunStore store, PayloadCodec codec) {
        this.workflows = workflows;
        this.store = store;
        this.codec = codec;
    }

    /** What it has to be brought. */
    public Subscription subscription() {
        return new Subscription("workflows", this, this::wants);
    }

    private boolean wants(OutboxEvent event) {
        return isContinuation(event) || workflows.startedBy(event).isPresent();
    }

    private static boolean isContinuation(OutboxEvent event) {
        return event.type().equals(Triggering.STARTED) || event.type().equals(Triggering.RETRIED);
    }

    @Override
    public void deliver(OutboxEvent event) throws Exception {
        Optional<StoredRun> run = isContinuation(event)
                ? store.resume(
                        event.tenant(),
                        codec.read(event.payload(), RunEvent.class).id())
                : start(event);
        if (run.isPresent()) {
            run(run.get());
        }
    }

    private Optional<StoredRun> start(OutboxEvent event) throws Exception {
        String name = workflows.startedBy(event).orElseThrow().name();
        String input = new String(event.payload(), StandardCharsets.UTF_8);
        return store.start(event.tenant(), event.id(), name, input);
    }

    private void run(StoredRun run) throws Exception {
        Optional<Workflow> workflow = workflows.find(run.name());
        if (workflow.isEmpty()) {
            store.end(run, RunState.FAILED, "WORKFLOW_UNKNOWN");
            return;
        }
        try {
            store.complete(run, steps(workflow.get(), run));
        } catch (InterruptedException | OvertakenException e) {
            throw e; // the node stops, or another has gone on: no fault of the step, and no attempt's end
        } catch (Exception e) {
            fail(run, e);
        }
    }

    /** Does what is not done yet. The last result is still to be kept; there is none if all was done before. */
    private Optional<StepResult> steps(Workflow workflow, StoredRun run) throws Exception {
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

    /** The relay tries again what is thrown. */
    private void fail(StoredRun run, Exception failure) throws Exception {
        String code = failure instanceof WorkflowException known ? known.code() : "STEP_FAILED";
        LOG.warn(
                "workflow run {} of {} failed at attempt {}: {} ({})",
                run.id(),
                run.name(),
                run.attempts(),
                code,
                failure.getClass().getSimpleName());
        boolean over = run.attempts() >= MAX_ATTEMPTS;
        store.end(run, over ? RunState.FAILED : RunState.PENDING, code);
        if (!over) {
            throw failure;
        }
    }
}
