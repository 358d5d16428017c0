package dev.semel.sync.pull;

import dev.semel.RejectedException;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.ProblemCode;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.Ungated;
import dev.semel.spring.web.JsonBodies;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The routes by which clients learn what has become of files. */
@RestController
public final class PullController {
    private final PullParts parts;
    private final CallerResolver callers;
    private final TenantReads reads;
    private final JsonBodies bodies;
    private final ProblemWriter problems;

    /** Serves these. */
    public PullController(
            PullParts parts, CallerResolver callers, TenantReads reads, JsonBodies bodies, ProblemWriter problems) {
        this.parts = parts;
        this.callers = callers;
        this.reads = reads;
        this.bodies = bodies;
        this.problems = problems;
    }

    /** The changes of main behind a cursor, page by page. */
    @PostMapping("/v1/sync/pull")
    @Ungated(value = "it only reads", body = PullRequest.class)
    public DeferredResult<PullAnswer> pull(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        String tenant = callers.resolve(request, CurrentRequest.id(request)).tenant();
        PullRequest asked = bodies.read(request, PullRequest.class);
        PullAnswer answer = parts.pulling().pull(tenant, asked);
        if (answer.changes().isEmpty() && asked.waitSeconds() > 0) {
            return parts.longPolls().await(tenant, asked, answer.head());
        }
        DeferredResult<PullAnswer> known = new DeferredResult<>();
        known.setResult(answer);
        return known;
    }

    /** What main has, page by page, as it is when the first one is asked for. */
    @GetMapping("/v1/scopes/{scope}/manifest")
    public Manifest manifest(
            @PathVariable String scope,
            @RequestParam(defaultValue = "500") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> parts.manifests().page(tenant, scope, page));
    }

    /** How a scope is. */
    @GetMapping("/v1/sync/status")
    public SyncStatus status(@RequestParam String scope, HttpServletRequest request) {
        return reads.read(
                request,
                tenant -> parts.status()
                        .find(tenant, scope)
                        .orElseThrow(() -> RejectedException.notFound("There is no such scope.")));
    }

    @ExceptionHandler
    void stale(StaleCursorException stale, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemCode code = new ProblemCode(stale.code(), stale.status(), "The cursor leads nowhere.", false);
        problems.write(request, response, code, stale.detail(), stale.members());
    }
}
