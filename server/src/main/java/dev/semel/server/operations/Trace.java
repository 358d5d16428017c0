package dev.semel.server.operations;

import dev.semel.KeyReader;
import java.util.List;

/**
 * What one request did. Immutable.
 *
 * @param writes its rows in the audit log, the earliest first; where the relay gave one of its events up, too
 * @param keys the records of the keys that it used: whose request executed, and until when its answer is kept
 * @param delivery what became of its events
 * @param deliveries what is left to do for them
 * @param truncated whether there is more than is shown: 500 rows of each kind
 */
record Trace(
        String requestId,
        List<WriteItem> writes,
        List<KeyReader.Entry> keys,
        DeliveryState delivery,
        List<OutboxItem> deliveries,
        boolean truncated) {
    /** What became of a request's events. */
    enum DeliveryState {
        /** The request executed nothing, so it emitted nothing. */
        NOTHING_EMITTED,
        /** Some are waiting, or are being tried again. */
        PENDING,
        /** Some are given up until an operator decides. */
        PARKED,
        /** Nothing is left: all that it emitted reached every sink. When is not recorded. */
        DELIVERED,
        /** Nothing is left, but some were given up once: operators had them tried again, or discarded them. */
        DELIVERED_OR_DISCARDED
    }

    /** Copies the lists. */
    Trace {
        writes = List.copyOf(writes);
        keys = List.copyOf(keys);
        deliveries = List.copyOf(deliveries);
    }
}
