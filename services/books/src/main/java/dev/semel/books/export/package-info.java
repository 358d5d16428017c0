/** Journal and invoices as files for a spreadsheet. */
@NullMarked
package dev.semel.books.export;

import org.jspecify.annotations.NullMarked;
