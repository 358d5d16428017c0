/** What is shown of the figures. */
@NullMarked
package dev.semel.bench.report;

import org.jspecify.annotations.NullMarked;
