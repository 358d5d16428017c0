/** The {@code semel} command: its entry point, its version and its way to report errors. */
@NullMarked
package dev.semel.cli;

import org.jspecify.annotations.NullMarked;
