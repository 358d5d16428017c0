package dev.semel.books.workflows;

import jakarta.validation.constraints.NotNull;
import java.util.Map;

/**
 * What a workflow is triggered with; the path says which.
 *
 * @param input whatever its steps understand
 */
public record TriggerWorkflow(@NotNull Map<String, Object> input) {}
