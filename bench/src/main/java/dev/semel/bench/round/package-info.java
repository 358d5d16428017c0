/** Interleaved rounds of contenders: the order in which things are measured. */
@NullMarked
package dev.semel.bench.round;

import org.jspecify.annotations.NullMarked;
