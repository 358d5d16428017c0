/** Invoices: drafted, numbered without gaps, finalized, paid. */
@NullMarked
package dev.semel.books.invoices;

import org.jspecify.annotations.NullMarked;
