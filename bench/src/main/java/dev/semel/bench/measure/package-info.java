/** What is counted and how figures are condensed. */
@NullMarked
package dev.semel.bench.measure;

import org.jspecify.annotations.NullMarked;
