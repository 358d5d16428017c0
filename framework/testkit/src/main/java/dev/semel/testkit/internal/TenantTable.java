package dev.semel.testkit.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table with a column {@code tenant_id}.
 *
 * @param name with its schema, quoted where it must be
 * @param varying columns whose content differs from one execution to another: drawn from a sequence, or named by the test
 */
record TenantTable(String name, List<String> varying) {
    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname),
                   coalesce(array_agg(a.attname::text) FILTER (WHERE a.attidentity <> ''
                            OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'), '{}')
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%'
             GROUP BY n.nspname, c.relname
            HAVING bool_or(a.attname = 'tenant_id')""";

    TenantTable {
        varying = List.copyOf(varying);
    }

    /** Those of the connection's database. */
    static List<TenantTable> all(Connection connection, Map<String, List<String>> varying) throws SQLException {
        List<TenantTable> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                String name = row.getString(1);
                Stream<String> drawn = Stream.of((String[]) row.getArray(2).getArray());
                tables.add(new TenantTable(
                        name,
                        Stream.concat(drawn, varying.getOrDefault(name, List.of()).stream())
                                .toList()));
            }
        }
        return tables;
    }

    boolean isSemels() {
        return name.startsWith("semel.");
    }

    /** What there is of a tenant, as {@code (table, kind, exact, json)}; the tenant is a parameter, {@link #parameters} times. */
    String look(int number) {
        if (isSemels()) {
            String executed = name.equals(Footprint.AUDIT) ? " AND status IN ('EXECUTED', 'REJECTED')" : "";
            return "SELECT " + number + ", 'count', count(*)::text, NULL FROM " + name + " WHERE tenant_id = ?"
                    + executed;
        }
        return lookAtRows(number)
                // Differs if any row of another tenant does; in no order.
                + "\nUNION ALL SELECT " + number
                + ", 'others', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0), NULL FROM "
                + name + " AS t WHERE t.tenant_id IS DISTINCT FROM ?";
    }

    /** Likewise, only the rows of the tenant itself. */
    String lookAtRows(int number) {
        String omitted = varying.stream()
                .map(column -> "'" + column.replace("'", "''") + "', ")
                .collect(Collectors.joining());
        return "SELECT " + number + ", 'row', t::text, (to_jsonb(t) - ARRAY[" + omitted + "'tenant_id'])::text FROM "
                + name + " AS t WHERE t.tenant_id = ?";
    }

    /** How often {@link #look} names the tenant. */
    int parameters() {
        return isSemels() ? 1 : 2;
    }
}
