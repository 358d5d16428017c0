package dev.semel.books.receivables;

import dev.semel.spring.web.Filters;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of what customers owe. */
@RestController
public final class ReceivablesController {
    private final StatementReads statements;
    private final AgingReads aging;
    private final TenantReads reads;

    /** Serves the reads. */
    public ReceivablesController(StatementReads statements, AgingReads aging, TenantReads reads) {
        this.statements = statements;
        this.aging = aging;
        this.reads = reads;
    }

    /** A customer's statement, from one day to another of the company's. */
    @GetMapping("/api/customers/{id}/statement")
    public CustomerStatement statement(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        LocalDate first = Filters.day("from", from);
        LocalDate last = Filters.day("to", to);
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> statements.find(tenant, PathIds.parse(id, "customer"), first, last, page));
    }

    /** What is owed at the end of a day, by customer, currency and the days that it is overdue. */
    @GetMapping("/api/receivables/aging")
    public Aging aging(
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        LocalDate day = Filters.day("asOf", asOf);
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> aging.find(tenant, day, page));
    }
}
