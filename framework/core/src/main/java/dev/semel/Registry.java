package dev.semel;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All operations of an application: the single source of truth. Immutable. */
public final class Registry {
    private final Map<String, Operation<?, ?>> operations;

    private Registry(Map<String, Operation<?, ?>> operations) {
        this.operations = Collections.unmodifiableMap(operations);
    }

    /**
     * A registry of these operations.
     *
     * @throws IllegalArgumentException if two share a name
     */
    public static Registry of(Collection<? extends Operation<?, ?>> operations) {
        Map<String, Operation<?, ?>> byName = new TreeMap<>();
        for (Operation<?, ?> operation : operations) {
            if (byName.putIfAbsent(operation.name(), operation) != null) {
                throw new IllegalArgumentException("operation " + operation.name() + " is declared twice");
            }
        }
        return new Registry(byName);
    }

    /** All operations, by name. */
    public Collection<Operation<?, ?>> operations() {
        return operations.values();
    }

    /** The operation of that name. */
    public Optional<Operation<?, ?>> find(String name) {
        return Optional.ofNullable(operations.get(name));
    }
}
