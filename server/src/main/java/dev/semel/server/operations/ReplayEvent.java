package dev.semel.server.operations;

/** A request to have an event's deliveries tried again: it has no content, its path says which. */
record ReplayEvent() {}
