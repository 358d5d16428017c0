package dev.semel.testkit.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks at one tenant after another, and removes those that have been looked at, so that what has to be compared does not grow. One
 * round trip each. Knows the tables that were there at its start. Not thread-safe.
 */
public final class Footprints implements AutoCloseable {
    private final Connection connection;
    private final FootprintQuery query;
    private final PreparedStatement deletion;
    private final int tables;

    private Footprints(Connection connection, List<TenantTable> tables) throws SQLException {
        this.connection = connection;
        this.query = FootprintQuery.of(connection, tables);
        this.tables = tables.size();
        this.deletion = connection.prepareStatement(tables.stream()
                .map(table -> "DELETE FROM " + table.name() + " WHERE tenant_id = ?")
                .collect(Collectors.joining(";\n")));
    }

    /**
     * Takes the connection, and closes it at the end.
     *
     * @param connection a superuser's
     * @param varying columns that are not compared, each with its table
     */
    public static Footprints on(Connection connection, Map<String, List<String>> varying) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The plan is the same for all tenants, and removed are whole tenants, in whatever order.
            statement.execute(
                    "SET jit = off; SET plan_cache_mode = force_generic_plan; SET session_replication_role = replica");
        }
        return new Footprints(connection, TenantTable.all(connection, varying));
    }

    /** What the tenant has now. */
    public Footprint of(String tenant) {
        try {
            return query.look(tenant);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes all that the tenant has. */
    public void remove(String tenant) {
        try {
            for (int i = 1; i <= tables; i++) {
                deletion.setString(i, tenant);
            }
            deletion.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
