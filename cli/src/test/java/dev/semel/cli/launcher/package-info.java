/** The script {@code semel}. */
@NullMarked
package dev.semel.cli.launcher;

import org.jspecify.annotations.NullMarked;
