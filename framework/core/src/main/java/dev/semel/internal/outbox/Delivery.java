package dev.semel.internal.outbox;

import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.Subscription;

/**
 * An event for one sink.
 *
 * @param rowId of the event's row
 * @param fresh whether the row stands for all sinks of the event and was never tried
 * @param attempts that failed so far
 */
record Delivery(long rowId, OutboxEvent event, Subscription subscription, boolean fresh, int attempts) {
    /** What the order holds for. */
    Line line() {
        return new Line(subscription.sinkName(), event.orderingKey());
    }

    /** The deliveries of one ordering key to one sink. */
    record Line(String sinkName, String orderingKey) {}
}
