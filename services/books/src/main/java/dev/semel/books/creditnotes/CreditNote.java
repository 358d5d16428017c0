package dev.semel.books.creditnotes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credit note. Amounts are decimals with the currency's fraction digits. Immutable.
 *
 * @param number runs without gaps per tenant, from 1
 * @param total what the lines sum up to
 * @param refundable what of it had been paid already, and is owed to the customer; the rest was owed and is no longer
 */
public record CreditNote(
        UUID id,
        long number,
        UUID invoiceId,
        String currency,
        String total,
        String refundable,
        @Nullable String reason,
        List<CreditNoteLine> lines,
        Instant createdAt) {
    /** Copies the lines. */
    public CreditNote {
        lines = List.copyOf(lines);
    }

    CreditNote withLines(List<CreditNoteLine> its) {
        return new CreditNote(id, number, invoiceId, currency, total, refundable, reason, its, createdAt);
    }
}
