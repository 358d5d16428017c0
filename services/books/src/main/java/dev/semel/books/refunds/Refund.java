package dev.semel.books.refunds;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was paid back to a customer. Immutable.
 *
 * @param amount decimal with the currency's fraction digits
 * @param reversedAt when it was reversed; null as long as it stands
 * @param reversalReason why, if that was said
 */
public record Refund(
        UUID id,
        UUID invoiceId,
        String amount,
        String currency,
        @Nullable String method,
        @Nullable String reference,
        Instant createdAt,
        @Nullable Instant reversedAt,
        @Nullable String reversalReason) {}
