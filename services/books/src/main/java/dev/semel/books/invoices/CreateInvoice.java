package dev.semel.books.invoices;

import dev.semel.Handler;
import dev.semel.Write;
import dev.semel.books.customers.CustomerTable;
import dev.semel.spring.web.PathIds;
import java.util.List;
import java.util.UUID;

/** Creates an invoice as a draft, under the tenant's next number. Nothing is owed and nothing posted yet. */
public final class CreateInvoice implements Handler<NewInvoice, Invoice> {
    /** Emitted with an {@link InvoiceEvent}. */
    public static final String EVENT = "invoice.created";

    private final CustomerTable customers;
    private final InvoiceTable invoices;
    private final InvoiceLineTable lines;

    /** Writes into those tables. */
    public CreateInvoice(CustomerTable customers, InvoiceTable invoices, InvoiceLineTable lines) {
        this.customers = customers;
        this.invoices = invoices;
        this.lines = lines;
    }

    @Override
    public Invoice handle(Write<NewInvoice> write) {
        String tenant = write.tenant();
        UUID id = write.resultId();
        if (!customers.exists(tenant, write.payload().customerId())) {
            throw PathIds.notFound("customer");
        }
        List<PricedLine> priced = write.payload().pricedLines();
        lines.insert(tenant, id, priced);
        // Last, since it takes the lock on the tenant's number.
        StoredInvoice stored = invoices.insert(tenant, id, write.payload(), PricedLine.sum(priced));
        Invoice invoice =
                stored.withLines(priced.stream().map(PricedLine::answer).toList());
        write.emit(EVENT, "invoice:" + id, InvoiceEvent.of(invoice));
        return invoice;
    }
}
