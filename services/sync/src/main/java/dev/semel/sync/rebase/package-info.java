/** Rebase and revert: changesets that are made of what main has and what others have proposed. */
@NullMarked
package dev.semel.sync.rebase;

import org.jspecify.annotations.NullMarked;
