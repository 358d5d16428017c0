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
 * @param refunded what of that was paid back
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
        Money refunded,
        @Nullable UUID finalizationId,
        Instant createdAt) {

    /** What is still to be paid. */
    public Money balance() {
        return total.minus(paid).minus(credited).plus(refundable);
    }

    /**
     * What is still to be paid back: what was paid beyond what the invoice asks for by now. Not all that is refundable, if a payment
     * was reversed afterwards: what the customer owes for the same invoice comes off.
     */
    public Money owedBack() {
        Money owed = paid.plus(credited).minus(total).minus(refunded);
        return owed.amount().signum() < 0 ? Money.zero(total.currency()) : owed;
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
                refunded.text(),
                balance().text(),
                lines,
                createdAt);
    }
}
