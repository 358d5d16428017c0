/** The operators' commands: what was written, what is left to deliver, who holds what; and the way to mend it. */
@NullMarked
package dev.semel.cli.ops;

import org.jspecify.annotations.NullMarked;
