package dev.semel.books.invoices;

/**
 * A line of an invoice. Immutable.
 *
 * @param quantity shortest decimal
 * @param unitPrice decimal with at least the currency's fraction digits
 * @param total decimal with the currency's fraction digits
 */
public record InvoiceLine(String description, String quantity, String unitPrice, String total) {}
