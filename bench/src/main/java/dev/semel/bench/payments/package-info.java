/** The payment as the books record it, by several ways. */
@NullMarked
package dev.semel.bench.payments;

import org.jspecify.annotations.NullMarked;
