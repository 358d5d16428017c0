/** A sink that writes events to Kafka, a batch per transaction. */
@NullMarked
package dev.semel.kafka;

import org.jspecify.annotations.NullMarked;
