/** From the insert of an event to its acknowledgement, by several ways. */
@NullMarked
package dev.semel.bench.outbox;

import org.jspecify.annotations.NullMarked;
