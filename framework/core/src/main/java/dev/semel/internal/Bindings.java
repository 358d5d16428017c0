package dev.semel.internal;

import dev.semel.BatchHandler;
import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.Recall;
import dev.semel.Registry;
import dev.semel.Risk;
import dev.semel.Transactions;
import java.util.Map;
import java.util.Optional;

/** What is registered for each operation. */
final class Bindings {
    private final Map<Operation<?, ?>, Binding> byOperation;
    private final Registry registry;

    Bindings(Map<Operation<?, ?>, Binding> byOperation) {
        this.byOperation = byOperation;
        this.registry = Registry.of(byOperation.keySet());
        byOperation.forEach(Bindings::requireRecall);
        byOperation.forEach(Bindings::requireCoalesced);
    }

    private static void requireRecall(Operation<?, ?> operation, Binding binding) {
        if (operation.risk() == Risk.FINANCIAL && binding.recall() == null) {
            throw new IllegalArgumentException("operation " + operation.name()
                    + " is FINANCIAL and needs a recall: how is its row found after its key has expired?");
        }
    }

    /** @throws IllegalArgumentException if an operation is coalesced and the transactions may not be shared */
    void requireSharable(Transactions transactions) {
        for (Operation<?, ?> operation : registry.operations()) {
            if (operation.coalesced() && !transactions.mayBeShared()) {
                throw new IllegalArgumentException(
                        "operation " + operation.name() + " is coalesced, but calls cannot share"
                                + " a transaction here: something else than its connection belongs to it, as a persistence context");
            }
        }
    }

    private static void requireCoalesced(Operation<?, ?> operation, Binding binding) {
        if (binding.batchHandler() != null && !operation.coalesced()) {
            throw new IllegalArgumentException("operation " + operation.name()
                    + " has a handler for many calls and is not declared to be coalesced");
        }
    }

    Registry registry() {
        return registry;
    }

    void requireRegistered(Operation<?, ?> operation) {
        binding(operation);
    }

    boolean hasHandler(Operation<?, ?> operation) {
        Binding binding = byOperation.get(operation);
        return binding != null && binding.handler() != null;
    }

    @SuppressWarnings("unchecked")
    <P, R> Handler<P, R> handler(Operation<P, R> operation) {
        Handler<?, ?> handler = binding(operation).handler();
        if (handler == null) {
            throw new IllegalArgumentException("operation " + operation.name() + " has no registered handler");
        }
        return (Handler<P, R>) handler;
    }

    @SuppressWarnings("unchecked")
    <R> Optional<Recall<R>> recall(Operation<?, R> operation) {
        return Optional.ofNullable((Recall<R>) binding(operation).recall());
    }

    @SuppressWarnings("unchecked")
    <P, R> Optional<BatchHandler<P, R>> batchHandler(Operation<P, R> operation) {
        return Optional.ofNullable((BatchHandler<P, R>) binding(operation).batchHandler());
    }

    private Binding binding(Operation<?, ?> operation) {
        Binding binding = byOperation.get(operation);
        if (binding == null) {
            throw new IllegalArgumentException("operation " + operation.name() + " is not registered");
        }
        return binding;
    }
}
