package dev.semel.books.ledger;

/**
 * A line of a posted entry; one of its sides is zero. Immutable.
 *
 * @param lineNo from 1
 * @param accountCode as in {@link Account}
 */
public record JournalLine(int lineNo, String accountCode, String debit, String credit) {}
