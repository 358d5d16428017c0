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
 * The tables with a column {@code tenant_id}, partitions and views included.
 *
 * @param names each with its schema
 */
public record TenantTables(Set<String> names) {
    static final String TENANT = "tenant_id";

    private static final String CATALOG = """
            SELECT n.nspname || '.' || c.relname
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

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

    static String lower(String name) {
        return name.startsWith("\"") ? MultiPartName.unquote(name) : name.toLowerCase(Locale.ROOT);
    }
}
