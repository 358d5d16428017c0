package dev.semel.internal;

import java.util.UUID;

/** A row of {@code outbox_events} to be inserted. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventRow(UUID eventId, int number, String orderingKey, String type, byte[] payload, String operationType) {}
