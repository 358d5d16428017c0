package dev.semel.books.payments;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded payment. Immutable.
 *
 * @param amount decimal with the currency's fraction digits
 */
public record Payment(
        UUID id,
        UUID invoiceId,
        String amount,
        String currency,
        @Nullable String method,
        @Nullable String reference,
        Instant createdAt) {}
