package dev.semel.books.ledger;

/**
 * A line with the entry that it is of. Immutable.
 *
 * @param entry without its lines
 */
public record PostedLine(JournalEntry entry, JournalLine line) {}
