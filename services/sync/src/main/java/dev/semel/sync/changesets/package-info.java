/** Proposals: their files, decisions and states. */
@NullMarked
package dev.semel.sync.changesets;

import org.jspecify.annotations.NullMarked;
