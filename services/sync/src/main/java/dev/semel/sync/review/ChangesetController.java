package dev.semel.sync.review;

import dev.semel.Write;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.CurrentRequest;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.TenantReads;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.CloseChangeset;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.changesets.PreparedDecisions;
import dev.semel.sync.changesets.State;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.rebase.RebaseAttempt;
import dev.semel.sync.rebase.RebaseChangeset;
import dev.semel.sync.rebase.RevertChangeset;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of changesets. */
@RestController
@RequestMapping("/v1/changesets")
public final class ChangesetController {
    private final ReviewWrites writes;
    private final ReviewReads reviews;
    private final ChangesetTable changesets;
    private final TenantReads reads;
    private final CallerResolver callers;

    /** Serves these. */
    public ChangesetController(
            ReviewWrites writes,
            ReviewReads reviews,
            ChangesetTable changesets,
            TenantReads reads,
            CallerResolver callers) {
        this.writes = writes;
        this.reviews = reviews;
        this.changesets = changesets;
        this.reads = reads;
        this.callers = callers;
    }

    /** The changesets of a scope, in the order of their creation. */
    @GetMapping
    public Page<ChangesetSummary> list(
            @RequestParam String scope,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        State state = Filters.constant(State.class, "status", status);
        List<State> states = state == null ? List.of(State.values()) : List.of(state);
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(
                request, tenant -> changesets.page(tenant, scope, states, page).map(ChangesetSummary::of));
    }

    /** One changeset with its files and history. */
    @GetMapping("/{id}")
    public ResponseEntity<ChangesetView> get(@PathVariable String id, HttpServletRequest request) {
        ChangesetView view = reviews.changeset(tenant(request), id);
        return ResponseEntity.ok().eTag(String.valueOf(view.decisionVersion())).body(view);
    }

    /** One file of a changeset with all its texts. */
    @GetMapping("/{id}/files/{fileId}")
    public FileTexts file(@PathVariable String id, @PathVariable String fileId, HttpServletRequest request) {
        return reviews.file(tenant(request), id, fileId);
    }

    /** What a changeset changes in one file. */
    @GetMapping(path = "/{id}/files/{fileId}/diff", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    public String diff(@PathVariable String id, @PathVariable String fileId, HttpServletRequest request) {
        return reviews.diff(tenant(request), id, fileId);
    }

    private String tenant(HttpServletRequest request) {
        return callers.resolve(request, CurrentRequest.id(request)).tenant();
    }

    /** Decides on files. */
    @PostMapping("/{id}/decisions")
    @Gate("decideChangeset")
    public ChangesetAnswer decide(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody NewDecisions body,
            PreparedDecisions prepared,
            Write<NewDecisions> write) {
        return writes.deciding().handle(id, ifMatch, prepared, write);
    }

    /** The author takes a changeset back. */
    @PostMapping("/{id}/withdraw")
    @Gate("withdrawChangeset")
    public ChangesetAnswer withdraw(
            @PathVariable String id, @RequestBody CloseChangeset body, Write<CloseChangeset> write) {
        return writes.closing().withdraw(id, write);
    }

    /** Makes main the base of a changeset. */
    @PostMapping("/{id}/rebase")
    @Gate("rebaseChangeset")
    public ChangesetAnswer rebase(
            @PathVariable String id,
            @RequestBody RebaseChangeset body,
            RebaseAttempt attempt,
            Write<RebaseChangeset> write) {
        return writes.rebasing().handle(attempt, write);
    }

    /** Takes back what a published changeset has done, by a new changeset. */
    @PostMapping("/{id}/revert")
    @Gate("revertChangeset")
    public PushAnswer revert(@PathVariable String id, @RequestBody RevertChangeset body, Write<RevertChangeset> write) {
        return writes.reverting().handle(id, write);
    }
}
