/**
 * What happens after a write: workflows of steps, started once per executed write or by hand, retried when they fail, and gone on
 * with after the last finished step.
 */
@NullMarked
package dev.semel.books.workflows;

import org.jspecify.annotations.NullMarked;
