/** Employees and what they earn. */
@NullMarked
package dev.semel.books.employees;

import org.jspecify.annotations.NullMarked;
