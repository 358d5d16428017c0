/** What a command has found, for people or for programs. */
@NullMarked
package dev.semel.cli.output;

import org.jspecify.annotations.NullMarked;
