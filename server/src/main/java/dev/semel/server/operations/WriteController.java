package dev.semel.server.operations;

import dev.semel.audit.AuditFilter;
import dev.semel.audit.AuditReader;
import dev.semel.audit.AuditRecord;
import dev.semel.audit.AuditStatus;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the audit log. */
@RestController
@RequestMapping("/api/writes")
final class WriteController {
    private final TenantRows rows;

    WriteController(TenantRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Operation(
            summary = "The audit log, the latest row first",
            description = "Replays, refusals and failures are written in the background and may take a moment to show."
                    + " from and to are dates (UTC, to with all its hours) or times (to excluded). By operation alone the"
                    + " log is read through: give a time span as well.")
    Page<WriteItem> list(
            @RequestParam(required = false) @Nullable String requestId,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String operation,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        AuditFilter filter = new AuditFilter(
                Parameters.requestId(requestId),
                Parameters.key(key),
                Parameters.operation(operation),
                Filters.constant(AuditStatus.class, "status", status),
                Parameters.from("from", from),
                Parameters.until("to", to));
        Parameters.<Instant>requireOrder(filter.from(), filter.before());
        return page(filter, new PageRequest(limit, cursor), request);
    }

    private Page<WriteItem> page(AuditFilter filter, PageRequest page, HttpServletRequest request) {
        AuditRecord.Position after = AuditPosition.of(page);
        return Page.of(
                        rows.read(
                                request,
                                (connection, tenant) ->
                                        new AuditReader(connection, tenant).list(filter, after, page.fetch())),
                        page,
                        AuditPosition::cursor)
                .map(WriteItem::of);
    }

    @GetMapping("/{requestId}/trace")
    @Operation(
            summary = "Everything that one request did",
            description = "Its rows in the audit log, the keys that it used, and what is left to do for its events. A"
                    + " delivered event leaves no row and no time: that it is delivered follows from its write being executed"
                    + " and nothing being left.")
    Trace trace(@PathVariable String requestId, HttpServletRequest request) {
        return rows.read(request, (connection, tenant) -> new TraceReader(connection, tenant).trace(requestId));
    }
}
