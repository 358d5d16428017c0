/**
 * What customers owe: the receivable account of the journal, told customer by customer. Nothing is stored here, so that it
 * cannot differ from the journal.
 */
@NullMarked
package dev.semel.books.receivables;

import org.jspecify.annotations.NullMarked;
