package dev.semel.books.bank;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
}
