/** Changesets as people review them. */
@NullMarked
package dev.semel.sync.review;

import org.jspecify.annotations.NullMarked;
