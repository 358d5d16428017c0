/** Exact amounts with a currency, and the decimals of requests and answers. */
@NullMarked
package dev.semel.books.money;

import org.jspecify.annotations.NullMarked;
