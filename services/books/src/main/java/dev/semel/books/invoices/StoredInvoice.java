package dev.semel.books.invoices;

import dev.semel.books.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice without its lines, as it is stored. Immutable.
 *
 * @param credited by all credit notes
 * @param refundable what of that had been paid already
 * @param finalizationId the write that finalized it; null for a draft
 */
public record StoredInvoice(
        UUID id,
        long number,
        InvoiceStatus status,
        UUID customerId,
        @Nullable LocalDate dueDate,
        Money total,
        Money paid,
        Money credited,
        Money refundable,
        @Nullable UUID finalizationId,
        Instant createdAt) {

    /** What is still to be paid. */
    public Money balance() {
        return total.minus(paid).minus(credited).plus(refundable);
    }

    Invoice withLines(List<InvoiceLine> lines) {
        return new Invoice(
                id,
                number,
                status,
                customerId,
                total.currency().getCurrencyCode(),
                dueDate,
                total.text(),
                paid.text(),
                credited.text(),
                refundable.text(),
                balance().text(),
                lines,
                createdAt);
    }
}
