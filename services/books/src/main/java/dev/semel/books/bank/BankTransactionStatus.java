package dev.semel.books.bank;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a bank transaction is explained by a payment. */
public enum BankTransactionStatus {
    /** Not explained yet, or not any more. */
    UNRECONCILED,
    /** Explained by a payment. */
    RECONCILED;

    /** As in answers and in filters. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<BankTransactionStatus> find(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }
}
