package dev.semel.internal.lease;

import dev.semel.internal.Times;
import dev.semel.lease.LeaseReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table {@code semel.leases}, as operators read it. */
public final class LeaseRows {
    private static final String LIST = """
            SELECT target, holder, fence, acquired_at,
                   CASE WHEN expires_at > '-infinity' THEN expires_at END AS ends_at,
                   CASE WHEN expires_at = '-infinity' THEN 'RELEASED'
                        WHEN expires_at > clock_timestamp() THEN 'HELD' ELSE 'EXPIRED' END AS state
              FROM semel.leases
             WHERE tenant_id = ? AND target > ?
             ORDER BY target LIMIT ?""";

    private final Connection connection;
    private final String tenant;

    public LeaseRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public List<LeaseReader.Entry> list(String after, int limit) throws SQLException {
        List<LeaseReader.Entry> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setString(1, tenant);
            statement.setString(2, after);
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
        }
        return found;
    }

    private static LeaseReader.Entry read(ResultSet row) throws SQLException {
        return new LeaseReader.Entry(
                row.getString("target"),
                LeaseReader.State.valueOf(row.getString("state")),
                row.getObject("holder", UUID.class),
                row.getLong("fence"),
                Times.instant(row, "acquired_at"),
                Times.instantOrNull(row, "ends_at"));
    }
}
