package dev.semel.books.invoices;

import dev.semel.books.money.Money;

/**
 * What is credited of one line of an invoice. Immutable.
 *
 * @param line its place in the invoice, from 1
 * @param amount greater than zero
 */
public record CreditedLine(int line, Money amount) {}
