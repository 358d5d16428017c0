package dev.semel.books.invoices;

import java.util.UUID;

/** What events tell of an invoice; the rest is to be read. Immutable. */
public record InvoiceEvent(UUID id, long number, InvoiceStatus status, UUID customerId, String currency, String total) {
    static InvoiceEvent of(Invoice invoice) {
        return new InvoiceEvent(
                invoice.id(),
                invoice.number(),
                invoice.status(),
                invoice.customerId(),
                invoice.currency(),
                invoice.total());
    }
}
