package dev.semel.spring.internal;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Registry;
import java.util.Map;
import java.util.Set;

/** The registry as lines to read: each operation with its risk, key, retention, events and routes. */
final class RegistryTable {
    private RegistryTable() {}

    static String of(Registry registry, Map<String, Set<String>> routes) {
        StringBuilder table = new StringBuilder();
        registry.operations()
                .forEach(operation -> table.append(line(operation, routes.getOrDefault(operation.name(), Set.of()))));
        return table.toString();
    }

    private static String line(Operation<?, ?> operation, Set<String> routes) {
        return String.format(
                "%n  %-24s %-9s key %s, kept %s, events %s, routes %s%s",
                operation.name(),
                operation.risk(),
                key(operation.keyRule()),
                operation.retention(),
                operation.events(),
                routes,
                operation.coalesced() ? ", coalesced" : "");
    }

    private static String key(KeyRule<?> rule) {
        if (rule instanceof KeyRule.FromPayload<?> named) {
            return "from the payload's " + named.member();
        }
        return rule instanceof KeyRule.Derived<?> derived ? derived.description() : "from the client";
    }
}
