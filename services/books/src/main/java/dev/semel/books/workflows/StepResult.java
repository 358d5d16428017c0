package dev.semel.books.workflows;

/**
 * What a step resulted in.
 *
 * @param step its name
 */
record StepResult(String step, String json) {}
