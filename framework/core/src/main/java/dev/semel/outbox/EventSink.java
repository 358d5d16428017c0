package dev.semel.outbox;

/**
 * Takes events one by one, somewhere outside this database: at least once, in order within an ordering key, several keys at a
 * time. No transaction is open meanwhile.
 */
@FunctionalInterface
public non-sealed interface EventSink extends Sink {
    /**
     * Delivers an event. Returns when the receiver has it for good, and gives up after a time of its own choice. One that hangs
     * is interrupted ({@link Relay.Builder#deliveryTimeout}) and holds up its tenant until then.
     *
     * @throws UndeliverableException to have it parked at once
     * @throws Exception to have it tried again later
     */
    void deliver(OutboxEvent event) throws Exception;
}
