package dev.semel.books.receivables;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a customer's statement: what was posted to the receivable account. Immutable.
 *
 * @param operation the operation that posted it
 * @param invoiceNumber of the invoice that it is about
 * @param paymentId the payment that it is about; null for an invoice
 * @param reference what the payer wrote
 * @param debit what became owed
 * @param credit what was paid
 * @param balance what is owed in the currency, this line included
 */
public record ReceivableLine(
        UUID entryId,
        Instant createdAt,
        String operation,
        UUID invoiceId,
        long invoiceNumber,
        @Nullable UUID paymentId,
        @Nullable String reference,
        String currency,
        String debit,
        String credit,
        String balance) {}
