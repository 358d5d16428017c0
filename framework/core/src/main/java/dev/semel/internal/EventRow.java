package dev.semel.internal;

import java.util.UUID;

/** A row of {@code outbox_events} to be inserted. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventRow(Origin origin, UUID eventId, String orderingKey, String type, byte[] payload) {
    /**
     * Which write emits it.
     *
     * @param number of the event among those of its write
     */
    record Origin(String requestId, String operationType, int number) {}
}
