package dev.semel.books.workflows;

/** The payload of retrying a run: an empty object, the path says which. */
public record RetryWorkflowRun() {}
