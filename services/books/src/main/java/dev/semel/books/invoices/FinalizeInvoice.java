package dev.semel.books.invoices;

/** The payload of finalizing an invoice: an empty object, the path says which. */
public record FinalizeInvoice() {}
