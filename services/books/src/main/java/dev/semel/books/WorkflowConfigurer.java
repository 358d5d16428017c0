package dev.semel.books;

import dev.semel.Semel;
import dev.semel.books.workflows.RunTable;
import dev.semel.spring.SemelConfigurer;

/** Contributes the operations of the workflows. */
final class WorkflowConfigurer implements SemelConfigurer {
    private final RunTable runs;

    WorkflowConfigurer(RunTable runs) {
        this.runs = runs;
    }

    @Override
    public void configure(Semel.Builder builder) {
        builder.register(BooksOperations.TRIGGER_WORKFLOW)
                .recall(BooksOperations.TRIGGER_WORKFLOW, (connection, tenant, id) -> runs.findStart(tenant, id))
                .register(BooksOperations.RETRY_WORKFLOW_RUN);
    }
}
