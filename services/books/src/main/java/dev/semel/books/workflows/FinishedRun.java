package dev.semel.books.workflows;

import java.util.Optional;

/**
 * A run whose steps are all done. Immutable.
 *
 * @param last the last step's result, which is still to be kept; empty if all are kept
 */
record FinishedRun(StoredRun run, Optional<StepResult> last) {}
