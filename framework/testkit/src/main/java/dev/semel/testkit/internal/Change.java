package dev.semel.testkit.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has changed between two {@linkplain Footprint footprints}.
 *
 * @param counts of Semel's own tables; only those that differ
 * @param rows by table, those that went with a minus and those that came with a plus; only of tables that differ
 * @param othersTouched the tables in which rows of another tenant differ
 */
public record Change(Map<String, Long> counts, Map<String, List<String>> rows, List<String> othersTouched) {
    /** Copies. */
    public Change {
        counts = Map.copyOf(counts);
        rows = Map.copyOf(rows);
        othersTouched = List.copyOf(othersTouched);
    }

    /** Whether nothing has changed. */
    public boolean isEmpty() {
        return counts.isEmpty() && rows.isEmpty() && othersTouched.isEmpty();
    }

    /** As many writes as audited executions, and at least one. */
    public boolean isOfWrites() {
        Long keys = counts.get(Footprint.KEYS);
        return keys != null && keys.equals(counts.get(Footprint.AUDIT));
    }

    /** Nothing but what remembers one: its audit row, and its key if that had been pruned. */
    public boolean isOfOneRejection() {
        return rows.isEmpty()
                && othersTouched.isEmpty()
                && Set.of(Footprint.KEYS, Footprint.AUDIT).containsAll(counts.keySet())
                && counts.values().stream().allMatch(change -> change == 1);
    }

    /** How many executions were audited. */
    public long executions() {
        return counts.getOrDefault(Footprint.AUDIT, 0L);
    }

    @Override
    public String toString() {
        Map<String, Object> all = new TreeMap<>(counts);
        all.putAll(rows);
        String own = all.isEmpty() ? "nothing" : all.toString();
        return othersTouched.isEmpty() ? own : own + " and other tenants' rows in " + othersTouched;
    }
}
