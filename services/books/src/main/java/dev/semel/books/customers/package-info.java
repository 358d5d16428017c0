/** Customers. */
@NullMarked
package dev.semel.books.customers;

import org.jspecify.annotations.NullMarked;
