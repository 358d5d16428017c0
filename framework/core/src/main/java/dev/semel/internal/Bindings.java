package dev.semel.internal;

import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.Recall;
import dev.semel.Registry;
import dev.semel.Risk;
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
    }

    private static void requireRecall(Operation<?, ?> operation, Binding binding) {
        if (operation.risk() == Risk.FINANCIAL && binding.recall() == null) {
            throw new IllegalArgumentException("operation " + operation.name()
                    + " is FINANCIAL and needs a recall: how is its row found after its key has expired?");
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

    private Binding binding(Operation<?, ?> operation) {
        Binding binding = byOperation.get(operation);
        if (binding == null) {
            throw new IllegalArgumentException("operation " + operation.name() + " is not registered");
        }
        return binding;
    }
}
