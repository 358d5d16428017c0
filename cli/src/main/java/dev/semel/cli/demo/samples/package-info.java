/** The sample company's CSV files as records. */
@NullMarked
package dev.semel.cli.demo.samples;

import org.jspecify.annotations.NullMarked;
