/** A company's settings, with a version. */
@NullMarked
package dev.semel.books.settings;

import org.jspecify.annotations.NullMarked;
