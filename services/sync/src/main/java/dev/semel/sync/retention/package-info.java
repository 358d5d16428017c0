/** Retention: what is forgotten of main's log and of closed changesets, and when. */
@NullMarked
package dev.semel.sync.retention;

import org.jspecify.annotations.NullMarked;
