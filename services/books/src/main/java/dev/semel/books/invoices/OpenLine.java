package dev.semel.books.invoices;

import dev.semel.books.money.Money;

/**
 * A line of an invoice, as far as it may still be credited. Immutable.
 *
 * @param line its place in the invoice, from 1
 * @param left its total without what was credited
 */
public record OpenLine(int line, Money left) {}
