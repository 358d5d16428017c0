package dev.semel.internal;

import dev.semel.KeyReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The table {@code semel.idempotency_keys}, as operators read it. */
public final class KeyRows {
    private static final String FIND = """
            SELECT key, operation_type, result_id, request_id, created_at, expires_at, purge_at,
                   response_body IS NOT NULL AND expires_at > clock_timestamp() AS kept
              FROM semel.idempotency_keys
             WHERE tenant_id = ? AND key = ANY (?)
             ORDER BY key""";

    private final Connection connection;
    private final String tenant;

    public KeyRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public List<KeyReader.Entry> find(Collection<String> keys) throws SQLException {
        List<KeyReader.Entry> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
        }
        return found;
    }

    private static KeyReader.Entry read(ResultSet row) throws SQLException {
        return new KeyReader.Entry(
                row.getString("key"),
                row.getString("operation_type"),
                row.getBoolean("kept") ? KeyReader.State.KEPT : KeyReader.State.EXPIRED,
                row.getObject("result_id", UUID.class),
                row.getString("request_id"),
                Times.instant(row, "created_at"),
                Times.instant(row, "expires_at"),
                Times.instant(row, "purge_at"));
    }
}
