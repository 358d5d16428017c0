package dev.semel.cli.demo.verify;

import dev.semel.cli.demo.tally.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares rows found with rows expected: each exactly once, each with its content. For one thread. */
final class Comparison {

    private final String where;
    private final Map<String, Expected> missing;
    private final Set<String> seen = new HashSet<>();
    private final Problems problems;

    /**
     * Starts a comparison.
     *
     * @param where begins every problem, for example "payments over HTTP"
     * @param expected by id
     */
    Comparison(String where, Map<String, Expected> expected, Problems problems) {
        this.where = where;
        this.missing = new HashMap<>(expected);
        this.problems = problems;
    }

    void found(String id, String content) {
        if (!seen.add(id)) {
            problem(id + " is there twice");
            return;
        }
        Expected expected = missing.remove(id);
        if (expected == null) {
            problem(id + " was never asked for: " + content);
        } else if (!expected.content().equals(content)) {
            problem(expected.reference() + " is {" + content + "} instead of {" + expected.content() + "}");
        }
    }

    void finish() {
        missing.values().stream()
                .map(Expected::reference)
                .sorted()
                .forEach(reference -> problem(reference + " is missing"));
    }

    private void problem(String what) {
        problems.add(where + ": " + what);
    }
}
