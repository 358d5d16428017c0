package dev.semel.books.receivables;

import java.util.UUID;

/** What a customer owes in one currency. Immutable. */
public record AgedCustomer(UUID customerId, String customerName, String currency, Aged owed) {}
