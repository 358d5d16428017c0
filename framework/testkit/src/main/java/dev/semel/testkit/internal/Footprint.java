package dev.semel.testkit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a tenant has in the database: how many rows in each of Semel's own tables, and which rows in any other one.
 *
 * @param counts by Semel's table
 * @param rows by table of the application
 * @param others a sum over the other tenants' rows by table of the application
 */
public record Footprint(Map<String, Long> counts, Map<String, List<Row>> rows, Map<String, String> others) {
    /** Semel's keys, one for each write. */
    static final String KEYS = "semel.idempotency_keys";

    /** Executions only: who tries to write and fails may be audited as well. */
    static final String AUDIT = "semel.idempotent_write_audit_log";

    /** Copies. */
    public Footprint {
        counts = Map.copyOf(counts);
        rows = Map.copyOf(rows);
        others = Map.copyOf(others);
    }

    /** Looks at the tenant's rows in the application's tables only. */
    public static Footprint ofRows(Connection connection, String tenant, Map<String, List<String>> varying)
            throws SQLException {
        List<TenantTable> tables = TenantTable.all(connection, varying).stream()
                .filter(table -> !table.isSemels())
                .toList();
        if (tables.isEmpty()) {
            return new Footprint(Map.of(), Map.of(), Map.of());
        }
        try (FootprintQuery query = FootprintQuery.ofRows(connection, tables)) {
            return query.look(tenant);
        }
    }

    /** What has changed since; ids and times do not count. */
    public Change since(Footprint before) {
        List<String> touched = others.keySet().stream()
                .filter(table -> !Objects.equals(others.get(table), before.others.get(table)))
                .sorted()
                .toList();
        return new Change(countsSince(before), rowsSince(before, Row::shape), touched);
    }

    /** Which rows have changed since; times do not count. */
    public Map<String, List<String>> rowsSince(Footprint before) {
        return rowsSince(before, Row::timeless);
    }

    private Map<String, Long> countsSince(Footprint before) {
        Map<String, Long> changes = new TreeMap<>();
        counts.forEach((table, now) -> {
            long change = now - before.counts.getOrDefault(table, 0L);
            if (change != 0) {
                changes.put(table, change);
            }
        });
        return changes;
    }

    private Map<String, List<String>> rowsSince(Footprint before, Function<Row, String> shown) {
        Map<String, List<String>> changes = new TreeMap<>();
        rows.forEach((table, now) -> {
            List<Row> then = before.rows.getOrDefault(table, List.of());
            List<String> changed = new ArrayList<>();
            without(then, now).forEach(row -> changed.add("-" + shown.apply(row)));
            without(now, then).forEach(row -> changed.add("+" + shown.apply(row)));
            if (!changed.isEmpty()) {
                changes.put(table, changed.stream().sorted().toList());
            }
        });
        return changes;
    }

    /** Equal rows count as often as they are there. */
    private static List<Row> without(List<Row> all, List<Row> some) {
        Map<Row, Integer> left = new HashMap<>();
        some.forEach(row -> left.merge(row, 1, Integer::sum));
        return all.stream().filter(row -> left.merge(row, -1, Integer::sum) < 0).toList();
    }
}
