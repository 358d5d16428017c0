package dev.semel.books.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Ids to choose from. Thread-safe. */
final class Ids {
    private final Set<UUID> known = new LinkedHashSet<>();
    private final List<UUID> ids = new ArrayList<>();

    synchronized void add(UUID id) {
        if (known.add(id)) {
            ids.add(id);
        }
    }

    /** One of them; one that exists nowhere if there is none. */
    synchronized UUID pick(Random random) {
        return ids.isEmpty() ? new UUID(0, 1) : ids.get(random.nextInt(ids.size()));
    }
}
