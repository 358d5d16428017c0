package dev.semel.server.operations;

/** A request to give an event's deliveries up: it has no content, its path says which. */
record DiscardEvent() {}
