/** Credit notes, which take back what invoices ask for. */
@NullMarked
package dev.semel.books.creditnotes;

import org.jspecify.annotations.NullMarked;
