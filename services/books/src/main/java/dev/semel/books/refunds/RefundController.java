package dev.semel.books.refunds;

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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of refunds. */
@RestController
@RequestMapping("/api/refunds")
public final class RefundController {
    private final CreateRefund createRefund;
    private final RefundReversal reversal;
    private final RefundTable refunds;
    private final TenantReads reads;

    /** Serves the handlers and the table. */
    public RefundController(
            CreateRefund createRefund, RefundReversal reversal, RefundTable refunds, TenantReads reads) {
        this.createRefund = createRefund;
        this.reversal = reversal;
        this.refunds = refunds;
        this.reads = reads;
    }

    /** Records a refund. */
    @PostMapping
    @Gate("createRefund")
    public Refund create(@RequestBody NewRefund body, Write<NewRefund> write) {
        return createRefund.handle(write);
    }

    /** Reverses a refund that did not reach the customer. */
    @PostMapping("/{id}/reverse")
    @Gate("reverseRefund")
    public Refund reverse(@PathVariable String id, @RequestBody ReverseRefund body, Write<ReverseRefund> write) {
        return reversal.handle(id, write);
    }

    /** The refunds, in the order of their recording. */
    @GetMapping
    public Page<Refund> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String invoiceId,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID invoice = Filters.id("invoiceId", invoiceId);
        return reads.read(request, tenant -> refunds.page(tenant, invoice, page));
    }

    /** One refund. */
    @GetMapping("/{id}")
    public Refund get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "refund")));
    }

    private Refund find(String tenant, UUID id) {
        return refunds.find(tenant, id).orElseThrow(() -> PathIds.notFound("refund"));
    }
}
