/** The contract gate of a build: {@code semel:verify} reads compiled classes, without a database and without a start. */
@NullMarked
package dev.semel.maven;

import org.jspecify.annotations.NullMarked;
