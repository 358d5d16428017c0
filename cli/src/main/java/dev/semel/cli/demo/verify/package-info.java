/** Compares the samples with what the server answers and with the rows in its database. */
@NullMarked
package dev.semel.cli.demo.verify;

import org.jspecify.annotations.NullMarked;
