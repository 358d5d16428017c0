package dev.semel.books.workflows;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of workflows and of their runs. */
@RestController
public final class WorkflowController {
    private final Triggering triggering;
    private final RunTable runs;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public WorkflowController(Triggering triggering, RunTable runs, TenantReads reads) {
        this.triggering = triggering;
        this.runs = runs;
        this.reads = reads;
    }

    /** Starts a workflow by hand. */
    @PostMapping("/api/workflows/{name}/trigger")
    @Gate("triggerWorkflow")
    public WorkflowStart trigger(
            @PathVariable String name, @RequestBody TriggerWorkflow body, Write<TriggerWorkflow> write) {
        return triggering.trigger(name, write);
    }

    /** Has a run that has failed tried again, after its last finished step. */
    @PostMapping("/api/workflow-runs/{id}/retry")
    @Gate("retryWorkflowRun")
    public WorkflowRun retry(
            @PathVariable String id, @RequestBody RetryWorkflowRun body, Write<RetryWorkflowRun> write) {
        return triggering.retry(id, write);
    }

    /** The runs, in the order of their start. */
    @GetMapping("/api/workflow-runs")
    public Page<WorkflowRun> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        RunState wanted = Filters.constant(RunState.class, "state", state);
        String named = Filters.text("name", name);
        return reads.read(request, tenant -> runs.page(tenant, named, wanted, page));
    }

    /** One run. */
    @GetMapping("/api/workflow-runs/{id}")
    public WorkflowRun get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "workflow run")));
    }

    private WorkflowRun find(String tenant, UUID id) {
        return runs.find(tenant, id).orElseThrow(() -> PathIds.notFound("workflow run"));
    }
}
