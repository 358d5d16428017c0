package dev.semel.books.workflows;

/**
 * A step of a workflow.
 *
 * @param name unique in its workflow; its result is kept under it, so it never changes
 * @param action what it does
 */
public record WorkflowStep(String name, Action action) {
    /** Does a step, with no transaction open. Thread-safe. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it. At least once: a crash before its result is kept has it done again, with the same {@link StepContext#key}.
         *
         * @return what later steps may want to know; kept as JSON
         * @throws WorkflowException to have the run show that code, and be tried again later
         * @throws Exception to have the run tried again later
         */
        Object run(StepContext step) throws Exception;
    }
}
