/** Scopes, and the counters of their feeds. */
@NullMarked
package dev.semel.sync.scopes;

import org.jspecify.annotations.NullMarked;
