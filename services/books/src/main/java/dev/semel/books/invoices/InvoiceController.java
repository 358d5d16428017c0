package dev.semel.books.invoices;

import dev.semel.Write;
import dev.semel.spring.Gate;
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

/** The routes of invoices. */
@RestController
@RequestMapping("/api/invoices")
public final class InvoiceController {
    private final CreateInvoice createInvoice;
    private final Finalization finalization;
    private final InvoiceReads invoices;
    private final TenantReads reads;

    /** Serves the handlers and the reads. */
    public InvoiceController(
            CreateInvoice createInvoice, Finalization finalization, InvoiceReads invoices, TenantReads reads) {
        this.createInvoice = createInvoice;
        this.finalization = finalization;
        this.invoices = invoices;
        this.reads = reads;
    }

    /** Creates an invoice as a draft. */
    @PostMapping
    @Gate("createInvoice")
    public Invoice create(@RequestBody NewInvoice body, Write<NewInvoice> write) {
        return createInvoice.handle(write);
    }

    /** Finalizes an invoice. */
    @PostMapping("/{id}/finalize")
    @Gate("finalizeInvoice")
    public Invoice setFinal(@PathVariable String id, @RequestBody FinalizeInvoice body, Write<FinalizeInvoice> write) {
        return finalization.handle(id, write);
    }

    /** The invoices, in the order of their numbers. */
    @GetMapping
    public Page<Invoice> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String customerId,
            @RequestParam(required = false) @Nullable String dueBefore,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        InvoiceFilter filter = InvoiceFilter.of(status, customerId, dueBefore);
        return reads.read(request, tenant -> invoices.page(tenant, filter, page));
    }

    /** One invoice. */
    @GetMapping("/{id}")
    public Invoice get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "invoice")));
    }

    private Invoice find(String tenant, UUID id) {
        return invoices.find(tenant, id).orElseThrow(() -> PathIds.notFound("invoice"));
    }
}
