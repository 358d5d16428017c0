package dev.semel.outbox;

import java.util.List;

/**
 * Takes events in batches, somewhere outside this database: at least once, in order. No transaction is open meanwhile.
 */
@FunctionalInterface
public non-sealed interface BatchSink extends Sink {
    /**
     * Delivers all events of one tenant, in the order of the list, or none of them. Returns when the receiver has them for good,
     * and gives up after a time of its own choice; one that hangs is interrupted ({@link Relay.Builder#deliveryTimeout}).
     * After a failure of several the relay hands them over one by one, so that one bad event stops no others; a sink that knows
     * which of them were taken says so.
     *
     * @throws PartlyDeliveredException to have each event treated as it came out
     * @throws UndeliverableException to have a single event parked at once
     * @throws Exception to have the events tried again later
     */
    void deliver(List<OutboxEvent> events) throws Exception;
}
