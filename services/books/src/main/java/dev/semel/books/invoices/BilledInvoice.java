package dev.semel.books.invoices;

/** An invoice without its lines, and the name of who is to pay it. Immutable. */
public record BilledInvoice(StoredInvoice invoice, String customerName) {}
