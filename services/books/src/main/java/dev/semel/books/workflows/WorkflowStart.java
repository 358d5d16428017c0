package dev.semel.books.workflows;

import java.util.UUID;

/** A run that was triggered. Immutable. */
public record WorkflowStart(UUID id, String name, RunState status) {}
