/** Refunds, which pay back to customers what is owed to them. */
@NullMarked
package dev.semel.books.refunds;

import org.jspecify.annotations.NullMarked;
