package dev.semel.books.ledger;

/** What was ever posted in one currency; the sides are equal at any moment. Immutable. */
public record TrialBalance(String debit, String credit) {}
