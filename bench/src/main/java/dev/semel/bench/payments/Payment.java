package dev.semel.bench.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A recorded payment, as a client sees it. */
public record Payment(
        UUID id, UUID invoiceId, BigDecimal amount, String currency, String reference, Instant createdAt) {}
