package dev.semel.spring.internal;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The registry as lines to read: each operation with its risk, key, retention, events and routes. Not thread-safe. */
final class RegistryTable {
    private final Map<String, List<String>> routes = new TreeMap<>();

    void add(String operation, Object route) {
        routes.computeIfAbsent(operation, name -> new ArrayList<>()).add(route.toString());
    }

    String of(Registry registry) {
        StringBuilder table = new StringBuilder();
        registry.operations().forEach(operation -> table.append(line(operation)));
        return table.toString();
    }

    private String line(Operation<?, ?> operation) {
        return String.format(
                "%n  %-24s %-9s key %s, kept %s, events %s, routes %s",
                operation.name(),
                operation.risk(),
                operation.keyRule() instanceof KeyRule.Derived<?> derived ? derived.description() : "from the client",
                operation.retention(),
                operation.events(),
                routes.getOrDefault(operation.name(), List.of()));
    }
}
