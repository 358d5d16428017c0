package dev.semel.books.bank;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bank's statement. Immutable.
 *
 * @param importId the import that brought it
 * @param account which of the tenant's accounts, as the statement names it; empty if it names none
 * @param reference the bank's, unique within the account
 * @param amount negative for what left the account
 * @param paymentId what it is reconciled with, if it came in
 * @param refundId what it is reconciled with, if it went out
 */
public record BankTransaction(
        UUID id,
        UUID importId,
        String account,
        String reference,
        LocalDate date,
        String amount,
        String currency,
        @Nullable String description,
        BankTransactionStatus status,
        @Nullable UUID paymentId,
        @Nullable UUID refundId,
        Instant createdAt) {}
