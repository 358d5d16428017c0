package dev.semel.books.workflows;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow. Immutable.
 *
 * @param attempts since it was started, or retried by hand
 * @param finishedSteps how many steps are done
 * @param lastError the code of the last failure
 */
public record WorkflowRun(
        UUID id,
        String name,
        RunState state,
        int attempts,
        int finishedSteps,
        @Nullable String lastError,
        Instant createdAt,
        Instant updatedAt) {}
