package dev.semel.books.workflows;

import java.util.UUID;

/** Which run is to be gone on with. Immutable. */
public record RunEvent(UUID id) {}
