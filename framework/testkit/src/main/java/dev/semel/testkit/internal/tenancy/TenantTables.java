package dev.semel.testkit.internal.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.sf.jsqlparser.schema.MultiPartName;
import net.sf.jsqlparser.schema.Table;

/**
 * The tables with a column {@code tenant_id}, partitions and views included; and the views without one that read from such a table,
 * directly or through others: no condition can be written for these, so that each use of them is found.
 *
 * @param names each with its schema
 */
public record TenantTables(Set<String> names) {
    static final String TENANT = "tenant_id";

    private static final String CATALOG = """
            WITH RECURSIVE tenants AS (
                SELECT a.attrelid AS relation
                  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                 WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                UNION
                SELECT w.ev_class
                  FROM tenants t
                  JOIN pg_catalog.pg_depend d
                    ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.relation AND d.classid = 'pg_rewrite'::regclass
                  JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid
                  JOIN pg_catalog.pg_class c ON c.oid = w.ev_class AND c.relkind IN ('v', 'm'))
            SELECT n.nspname || '.' || c.relname
              FROM tenants t
              JOIN pg_catalog.pg_class c ON c.oid = t.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace""";

    /** Copies the names. */
    public TenantTables {
        names = Set.copyOf(names);
    }

    /** Those of the connection's database. */
    public static TenantTables read(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CATALOG)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return new TenantTables(names);
    }

    /** Whether the table is one of them; a name without schema may be any of that name. */
    boolean contain(Table table) {
        String name = lower(table.getName());
        return table.getSchemaName() == null
                ? names.stream().anyMatch(known -> known.endsWith("." + name))
                : names.contains(lower(table.getSchemaName()) + "." + name);
    }

    /** How often their full names occur in a text. */
    long occurrences(String bareSql) {
        String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return names.isEmpty()
                ? 0
                : Pattern.compile("(?<![\\w.])(?:" + any + ")(?![\\w.])")
                        .matcher(bareSql.toLowerCase(Locale.ROOT).replace("\"", ""))
                        .results()
                        .count();
    }

    /** With its schema, if that is said. */
    static String name(Table table) {
        String name = lower(table.getName());
        return table.getSchemaName() == null ? name : lower(table.getSchemaName()) + "." + name;
    }

    static boolean isTenant(String column) {
        return lower(column).equals(TENANT);
    }

    static String lower(String name) {
        return name.startsWith("\"") ? MultiPartName.unquote(name) : name.toLowerCase(Locale.ROOT);
    }
}
