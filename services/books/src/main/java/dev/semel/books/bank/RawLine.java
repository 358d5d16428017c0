package dev.semel.books.bank;

/**
 * A line as a file spells it, not checked yet. What a file does not tell is empty.
 *
 * @param amount with its sign
 * @param spelling how the file's amounts are to be read
 */
record RawLine(
        int number,
        String account,
        String reference,
        String date,
        String amount,
        AmountSpelling spelling,
        String currency,
        String description) {}
