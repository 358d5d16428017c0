package dev.semel.books.receivables;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a customer's statement: what was posted to the receivable account. Immutable.
 *
 * @param operation the operation that posted it
 * @param invoiceNumber of the invoice that it is about
 * @param paymentId the payment that it is about; null for others
 * @param creditNoteId the credit note that it is about; null for others
 * @param reference what the payer wrote, or the reason of the credit note
 * @param debit what became owed
 * @param credit what was paid or credited
 * @param balance what is owed in the currency, this line included
 */
public record ReceivableLine(
        UUID entryId,
        Instant createdAt,
        String operation,
        UUID invoiceId,
        long invoiceNumber,
        @Nullable UUID paymentId,
        @Nullable UUID creditNoteId,
        @Nullable String reference,
        String currency,
        String debit,
        String credit,
        String balance) {}
