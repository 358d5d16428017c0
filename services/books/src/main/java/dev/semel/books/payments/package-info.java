/** Payments on invoices. */
@NullMarked
package dev.semel.books.payments;

import org.jspecify.annotations.NullMarked;
