package dev.semel.books.bank;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A column of a CSV statement. */
enum CsvColumn {
    DATE(true),
    AMOUNT(true),
    CURRENCY(true),
    REFERENCE(true),
    DESCRIPTION(false),
    ACCOUNT(false);

    private static final Map<String, CsvColumn> BY_NAME = Map.ofEntries(
            Map.entry("date", DATE),
            Map.entry("booking date", DATE),
            Map.entry("buchungstag", DATE),
            Map.entry("buchungsdatum", DATE),
            Map.entry("datum", DATE),
            Map.entry("amount", AMOUNT),
            Map.entry("betrag", AMOUNT),
            Map.entry("currency", CURRENCY),
            Map.entry("währung", CURRENCY),
            Map.entry("waehrung", CURRENCY),
            Map.entry("reference", REFERENCE),
            Map.entry("bank reference", REFERENCE),
            Map.entry("referenz", REFERENCE),
            Map.entry("bankreferenz", REFERENCE),
            Map.entry("description", DESCRIPTION),
            Map.entry("text", DESCRIPTION),
            Map.entry("verwendungszweck", DESCRIPTION),
            Map.entry("buchungstext", DESCRIPTION),
            Map.entry("account", ACCOUNT),
            Map.entry("iban", ACCOUNT),
            Map.entry("konto", ACCOUNT));

    private final boolean required;

    CsvColumn(boolean required) {
        this.required = required;
    }

    boolean isRequired() {
        return required;
    }

    /** The column of that heading, in English or German. */
    static Optional<CsvColumn> find(String header) {
        return Optional.ofNullable(BY_NAME.get(header.strip().toLowerCase(Locale.ROOT)));
    }
}
