package dev.semel.books.invoices;

import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Invoices with their lines. Works in the transaction of its caller. */
public final class InvoiceReads {
    private final InvoiceTable invoices;
    private final InvoiceLineTable lines;

    /** Reads from those tables. */
    public InvoiceReads(InvoiceTable invoices, InvoiceLineTable lines) {
        this.invoices = invoices;
        this.lines = lines;
    }

    /** The tenant's invoice of that id. */
    public Optional<Invoice> find(String tenant, UUID id) {
        return invoices.find(tenant, id).map(invoice -> lines.complete(tenant, invoice));
    }

    /** The tenant's invoice that this write finalized. */
    public Optional<Invoice> findFinalized(String tenant, UUID finalizationId) {
        return invoices.findFinalized(tenant, finalizationId).map(invoice -> lines.complete(tenant, invoice));
    }

    Page<Invoice> page(String tenant, InvoiceFilter filter, PageRequest request) {
        Page<StoredInvoice> page = invoices.page(tenant, filter, request);
        List<Invoice> complete = lines.complete(tenant, page.items());
        return new Page<>(complete, page.nextCursor());
    }
}
