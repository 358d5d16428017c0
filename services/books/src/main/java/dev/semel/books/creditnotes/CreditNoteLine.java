package dev.semel.books.creditnotes;

/**
 * What a credit note takes back of one line of its invoice. Immutable.
 *
 * @param line its place in the invoice, from 1
 * @param amount decimal with the currency's fraction digits
 */
public record CreditNoteLine(int line, String amount) {}
