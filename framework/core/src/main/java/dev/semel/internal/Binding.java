package dev.semel.internal;

import dev.semel.BatchHandler;
import dev.semel.Handler;
import dev.semel.Recall;
import org.jspecify.annotations.Nullable;

/**
 * What is registered for an operation.
 *
 * @param handler null if it comes with each call
 * @param recall null if the operation has none
 * @param batchHandler null if the operation has none
 */
public record Binding(
        @Nullable Handler<?, ?> handler,
        @Nullable Recall<?> recall,
        @Nullable BatchHandler<?, ?> batchHandler) {
    /** This, and what only the other one has. */
    public Binding and(Binding other) {
        return new Binding(
                other.handler == null ? handler : other.handler,
                other.recall == null ? recall : other.recall,
                other.batchHandler == null ? batchHandler : other.batchHandler);
    }
}
