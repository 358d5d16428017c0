package dev.semel.books.bank;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which bank transactions are asked for; null means any. Immutable.
 *
 * @param importId the import that brought them
 * @param from the first day
 * @param to the last day
 */
record BankTransactionFilter(
        @Nullable UUID importId,
        @Nullable String currency,
        @Nullable String reference,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable BankTransactionStatus status) {
    /** Each twice: whether it is asked for, and what it is compared with. */
    List<@Nullable Object> parameters() {
        Boolean reconciled = status == null ? null : status == BankTransactionStatus.RECONCILED;
        return Arrays.asList(
                importId,
                importId,
                currency,
                currency,
                reference,
                reference,
                from,
                from,
                to,
                to,
                reconciled,
                reconciled);
    }
}
