package dev.semel.books.invoices;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an invoice stands. */
public enum InvoiceStatus {
    /** Not yet owed. */
    DRAFT,
    /** Owed, and posted as such. */
    FINAL,
    /** Nothing is owed any more: it is paid, or credited, or both together. */
    PAID;

    /** As in answers and in the table. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static InvoiceStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
