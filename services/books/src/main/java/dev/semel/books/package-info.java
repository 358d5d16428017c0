/** Accounting on Semel: operations, and the configuration that an application imports. */
@NullMarked
package dev.semel.books;

import org.jspecify.annotations.NullMarked;
