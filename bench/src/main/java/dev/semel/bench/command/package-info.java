/** The command line. */
@NullMarked
package dev.semel.bench.command;

import org.jspecify.annotations.NullMarked;
