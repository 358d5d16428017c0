package dev.semel.books.workflows;

import java.util.Map;
import java.util.UUID;

/**
 * A run that is to be gone on with. Immutable.
 *
 * @param finished results of the steps that are done, as JSON by name
 */
record StoredRun(String tenant, UUID id, String name, String input, int attempts, Map<String, String> finished) {
    StoredRun {
        finished = Map.copyOf(finished);
    }

    /** At its first attempt, with nothing done. */
    static StoredRun first(String tenant, UUID id, String name, String input) {
        return new StoredRun(tenant, id, name, input, 1, Map.of());
    }

    StoredRun withFinished(Map<String, String> results) {
        return new StoredRun(tenant, id, name, input, attempts, results);
    }
}
