package dev.semel.cli.demo.tally;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong, in the order found. Thread-safe. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    public synchronized void add(String problem) {
        found.add(problem);
    }

    public synchronized boolean isEmpty() {
        return found.isEmpty();
    }

    public synchronized List<String> all() {
        return List.copyOf(found);
    }
}
