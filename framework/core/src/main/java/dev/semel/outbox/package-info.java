/**
 * The way of events from the outbox to their sinks: state and the decision to emit are exactly-once; a sink in the same
 * database is exactly-once; any other sink is at-least-once with a stable event id.
 */
@NullMarked
package dev.semel.outbox;

import org.jspecify.annotations.NullMarked;
