package dev.semel.books.workflows;

import java.util.UUID;

/** A run that is to be gone on with. Immutable. */
record StoredRun(String tenant, UUID id, String name, String input, int attempts) {}
