package dev.semel.books.bank;

import dev.semel.books.money.Money;
import java.time.LocalDate;

/** A line of a statement that can be stored. Immutable. */
record StatementLine(String account, String reference, LocalDate date, Money amount, String description) {}
