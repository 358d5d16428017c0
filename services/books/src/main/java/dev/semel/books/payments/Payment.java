package dev.semel.books.payments;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded payment. Immutable.
 *
 * @param amount decimal with the currency's fraction digits
 * @param reversedAt when it was reversed; null as long as it stands
 * @param reversalReason why, if that was said
 */
public record Payment(
        UUID id,
        UUID invoiceId,
        String amount,
        String currency,
        @Nullable String method,
        @Nullable String reference,
        Instant createdAt,
        @Nullable Instant reversedAt,
        @Nullable String reversalReason) {}
