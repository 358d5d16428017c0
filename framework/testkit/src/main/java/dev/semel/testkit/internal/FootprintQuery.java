package dev.semel.testkit.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks at all tables by one statement, at one moment. Not thread-safe. */
final class FootprintQuery implements AutoCloseable {
    private final List<TenantTable> tables;
    private final int parameters;
    private final PreparedStatement statement;

    private FootprintQuery(
            Connection connection, List<TenantTable> tables, Look look, ToIntFunction<TenantTable> parameters)
            throws SQLException {
        this.tables = List.copyOf(tables);
        this.parameters = tables.stream().mapToInt(parameters).sum();
        this.statement = connection.prepareStatement(IntStream.range(0, tables.size())
                .mapToObj(number -> look.sql(tables.get(number), number))
                .collect(Collectors.joining("\nUNION ALL ")));
    }

    private interface Look {
        String sql(TenantTable table, int number);
    }

    /** At rows of the tenant and of others, and at the numbers of Semel's own. */
    static FootprintQuery of(Connection connection, List<TenantTable> tables) throws SQLException {
        return new FootprintQuery(connection, tables, TenantTable::look, TenantTable::parameters);
    }

    /** At rows of the tenant only. */
    static FootprintQuery ofRows(Connection connection, List<TenantTable> tables) throws SQLException {
        return new FootprintQuery(connection, tables, TenantTable::lookAtRows, table -> 1);
    }

    Footprint look(String tenant) throws SQLException {
        for (int i = 1; i <= parameters; i++) {
            statement.setString(i, tenant);
        }
        Map<String, Long> counts = new TreeMap<>();
        Map<String, List<Row>> rows = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        tables.stream().filter(table -> !table.isSemels()).forEach(table -> rows.put(table.name(), new ArrayList<>()));
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                String table = tables.get(found.getInt(1)).name();
                String exact = found.getString(3);
                switch (found.getString(2)) {
                    case "count" -> counts.put(table, Long.valueOf(exact));
                    case "others" -> others.put(table, exact);
                    default ->
                        rows.computeIfAbsent(table, unknown -> new ArrayList<>())
                                .add(new Row(exact, found.getString(4)));
                }
            }
        }
        return new Footprint(counts, rows, others);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
