/** Checks of payloads that go beyond single members. */
@NullMarked
package dev.semel.books.input;

import org.jspecify.annotations.NullMarked;
