/** What was counted and what was found wrong. */
@NullMarked
package dev.semel.cli.demo.tally;

import org.jspecify.annotations.NullMarked;
