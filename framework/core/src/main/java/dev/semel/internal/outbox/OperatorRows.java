package dev.semel.internal.outbox;

import dev.semel.outbox.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.outbox_events}, as operators read and repair it. Everything here is one tenant's. */
public final class OperatorRows {
    private static final String SELECT = """
            SELECT id, event_id, sink, type, operation_type, request_id, attempts, created_at, parked_reason, last_error,
                   CASE WHEN sink <> '' AND parked_at IS NULL THEN
                        (SELECT earlier.event_id FROM semel.outbox_events AS earlier
                          WHERE earlier.tenant_id = event.tenant_id AND earlier.sink = event.sink AND earlier.sink <> ''
                            AND earlier.ordering_key = event.ordering_key AND earlier.id < event.id
                            AND (earlier.parked_at IS NULL OR earlier.halts_key)
                          ORDER BY earlier.id LIMIT 1) END AS waits_for
              FROM semel.outbox_events AS event
            """;

    private static final String LIST = SELECT + """
             WHERE tenant_id = ? AND (parked_at IS NOT NULL) = ? AND (id, sink) > (?, ?) ORDER BY id, sink LIMIT ?""";

    private static final String FIND = SELECT + " WHERE tenant_id = ? AND event_id = ? ORDER BY sink";

    /** Two halves, so that deliveries are found by their index. */
    private static final String OF_REQUEST = "(" + SELECT + """
             WHERE tenant_id = ? AND request_id = ? AND sink = '' ORDER BY id LIMIT ?) UNION ALL (""" + SELECT + """
             WHERE tenant_id = ? AND request_id = ? AND sink <> '' ORDER BY id, sink LIMIT ?) ORDER BY id, sink LIMIT ?""";

    private static final String REPLAY = """
            UPDATE semel.outbox_events
               SET attempts = 0, parked_at = NULL, parked_reason = NULL, halts_key = false,
                   next_attempt_at = clock_timestamp()
             WHERE tenant_id = ? AND sink <> '' AND parked_at IS NOT NULL AND event_id = ?
               AND (?::text IS NULL OR sink = ?)""";

    private static final String REPLAY_ALL = """
            UPDATE semel.outbox_events
               SET attempts = 0, parked_at = NULL, parked_reason = NULL, halts_key = false,
                   next_attempt_at = clock_timestamp()
             WHERE tenant_id = ? AND sink <> '' AND parked_at IS NOT NULL
               AND (?::text IS NULL OR sink = ?) AND (?::text IS NULL OR type = ?)""";

    private static final String DISCARD = """
            DELETE FROM semel.outbox_events
             WHERE tenant_id = ? AND sink <> '' AND parked_at IS NOT NULL AND event_id = ?
               AND (?::text IS NULL OR sink = ?)
         RETURNING sink, ordering_key""";

    private final Connection connection;
    private final String tenant;

    public OperatorRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public List<Outbox.Pending> list(Outbox.State state, Outbox.Position after, int limit) throws SQLException {
        return read(LIST, tenant, state == Outbox.State.PARKED, after.rowId(), after.sinkName(), limit);
    }

    public List<Outbox.Pending> find(UUID eventId) throws SQLException {
        return read(FIND, tenant, eventId);
    }

    public List<Outbox.Pending> ofRequest(String requestId, int limit) throws SQLException {
        return read(OF_REQUEST, tenant, requestId, limit, tenant, requestId, limit, limit);
    }

    /** @param sinkName null for all sinks */
    public int replay(UUID eventId, @Nullable String sinkName) throws SQLException {
        return update(REPLAY, tenant, eventId, sinkName, sinkName);
    }

    /**
     * @param sinkName null for all sinks
     * @param type null for all types
     */
    public int replayAll(@Nullable String sinkName, @Nullable String type) throws SQLException {
        return update(REPLAY_ALL, tenant, sinkName, sinkName, type, type);
    }

    /** @param sinkName null for all sinks */
    public int discard(UUID eventId, @Nullable String sinkName) throws SQLException {
        Set<Delivery.Line> lines = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(DISCARD)) {
            EventRows.bind(statement, tenant, eventId, sinkName, sinkName);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(new Delivery.Line(row.getString(1), row.getString(2)));
                }
            }
        }
        new EventRows(connection, tenant).wake(lines);
        return lines.size();
    }

    private List<Outbox.Pending> read(String sql, @Nullable Object... values) throws SQLException {
        List<Outbox.Pending> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            EventRows.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
        }
        return found;
    }

    private static Outbox.Pending read(ResultSet row) throws SQLException {
        return new Outbox.Pending(
                new Outbox.Position(row.getLong("id"), row.getString("sink")),
                row.getObject("event_id", UUID.class),
                row.getString("sink"),
                row.getString("type"),
                row.getString("operation_type"),
                row.getString("request_id"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                row.getObject("waits_for", UUID.class),
                row.getString("parked_reason"),
                row.getString("last_error"));
    }

    private int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            EventRows.bind(statement, values);
            return statement.executeUpdate();
        }
    }
}
