package dev.semel.books.invoices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice. Amounts are decimals with the currency's fraction digits. Immutable.
 *
 * @param number runs without gaps per tenant, from 1
 * @param credited what credit notes took back
 * @param refundable what of that had been paid already, and is owed to the customer
 * @param refunded what of that was paid back
 * @param balance what is still to be paid: the total without what was paid and what was credited before it was
 */
public record Invoice(
        UUID id,
        long number,
        InvoiceStatus status,
        UUID customerId,
        String currency,
        @Nullable LocalDate dueDate,
        String total,
        String paid,
        String credited,
        String refundable,
        String refunded,
        String balance,
        List<InvoiceLine> lines,
        Instant createdAt) {
    /** Copies the lines. */
    public Invoice {
        lines = List.copyOf(lines);
    }
}
