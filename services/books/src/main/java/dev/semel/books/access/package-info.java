/** Roles that users are granted besides those of their credentials. */
@NullMarked
package dev.semel.books.access;

import org.jspecify.annotations.NullMarked;
