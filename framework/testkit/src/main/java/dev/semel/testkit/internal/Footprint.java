package dev.semel.testkit.internal;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows a tenant has in each table of the database, and what else was asked to be counted.
 *
 * @param numbers by table or name
 */
public record Footprint(Map<String, BigDecimal> numbers) {
    /** Executions only: who tries to write and fails may be audited as well. */
    private static final String AUDIT = "semel.idempotent_write_audit_log";

    /** Semel's keys, one for each write. */
    public static final String KEYS = "semel.idempotency_keys";

    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition""";

    /** Copies the numbers. */
    public Footprint {
        numbers = Map.copyOf(numbers);
    }

    /**
     * Counts now.
     *
     * @param more further queries by name; each has the tenant as its one parameter
     */
    public static Footprint of(Connection connection, String tenant, Map<String, String> more) throws SQLException {
        Map<String, String> queries = new TreeMap<>(more);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                queries.put(row.getString(1), count(row.getString(1)));
            }
        }
        Map<String, BigDecimal> numbers = new TreeMap<>();
        for (Map.Entry<String, String> query : queries.entrySet()) {
            numbers.put(query.getKey(), number(connection, query.getValue(), tenant));
        }
        return new Footprint(numbers);
    }

    private static String count(String table) {
        String all = "SELECT count(*) FROM " + table + " WHERE tenant_id = ?";
        return table.equals(AUDIT) ? all + " AND status IN ('EXECUTED', 'REJECTED')" : all;
    }

    private static BigDecimal number(Connection connection, String sql, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                BigDecimal number = row.next() ? row.getBigDecimal(1) : null;
                return number == null ? BigDecimal.ZERO : number.stripTrailingZeros();
            }
        }
    }

    /** What has come since; only what has changed. */
    public Footprint since(Footprint before) {
        Map<String, BigDecimal> changes = new TreeMap<>();
        numbers.forEach((name, now) -> {
            BigDecimal change = now.subtract(before.numbers.getOrDefault(name, BigDecimal.ZERO))
                    .stripTrailingZeros();
            if (change.signum() != 0) {
                changes.put(name, change);
            }
        });
        return new Footprint(changes);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** As many writes as audited executions, and at least one. */
    public boolean isOfWrites() {
        BigDecimal keys = numbers.get(KEYS);
        BigDecimal audited = numbers.get(AUDIT);
        return keys != null && audited != null && keys.compareTo(audited) == 0;
    }

    @Override
    public String toString() {
        return isEmpty() ? "nothing" : new TreeMap<>(numbers).toString();
    }
}
