package dev.semel.books.bank;

/** The payload of unreconciling: an empty object, the path says which bank transaction. */
public record UndoReconciliation() {}
