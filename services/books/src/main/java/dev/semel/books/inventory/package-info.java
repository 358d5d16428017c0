/** Items in stock, and the movements that their quantities are the sums of. */
@NullMarked
package dev.semel.books.inventory;

import org.jspecify.annotations.NullMarked;
