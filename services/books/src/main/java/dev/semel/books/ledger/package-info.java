/** The journal: balanced entries, never changed, and what they sum up to. */
@NullMarked
package dev.semel.books.ledger;

import org.jspecify.annotations.NullMarked;
