package dev.semel.books.bank;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment that may explain a bank transaction. Immutable.
 *
 * @param score 1 to 100; 100 when everything speaks for it
 * @param reasons what speaks for it, one sentence each
 * @param reconcilable whether amount and currency are equal, as reconciling demands
 */
public record Suggestion(
        UUID paymentId,
        UUID invoiceId,
        String amount,
        String currency,
        @Nullable String reference,
        Instant createdAt,
        int score,
        boolean reconcilable,
        List<String> reasons) {
    /** Copies the reasons. */
    public Suggestion {
        reasons = List.copyOf(reasons);
    }
}
