package dev.semel.cli.ops;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects a list's filters. For one thread. */
final class Filters {

    private final Map<String, String> given = new TreeMap<>();

    /** Leaves out what was not given; the server checks what was. */
    Filters with(String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
        return this;
    }

    Map<String, String> all() {
        return Map.copyOf(given);
    }
}
