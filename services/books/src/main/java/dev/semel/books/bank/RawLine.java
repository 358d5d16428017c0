package dev.semel.books.bank;

/**
 * A line as a file spells it, not checked yet. What a file does not tell is empty.
 *
 * @param amount with its sign
 */
record RawLine(
        int number,
        String account,
        String reference,
        String date,
        String amount,
        String currency,
        String description) {}
