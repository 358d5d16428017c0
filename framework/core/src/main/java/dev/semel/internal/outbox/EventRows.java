package dev.semel.internal.outbox;

import dev.semel.internal.AuditLog;
import dev.semel.internal.AuditRow;
import dev.semel.internal.Times;
import dev.semel.outbox.OutboxEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.outbox_events}, as the relay reads and acknowledges it. Everything here is one tenant's. */
final class EventRows {
    /** A batch of large events ends here; a larger one comes alone. */
    private static final long BATCH_BYTES = 16L << 20;

    private static final String COLUMNS = """
            SELECT id, event_id, tenant_id, ordering_key, type, payload, operation_type, request_id, number, created_at,
                   sink, attempts
              FROM semel.outbox_events AS event
            """;

    /** From the watermark, so that rows which are gone, but not vacuumed yet, are not read again and again. */
    private static final String FRESH = upToBytes(COLUMNS + """
             WHERE tenant_id = ? AND sink = '' AND id >= ? ORDER BY id LIMIT ?""");

    /**
     * One time for the whole statement: were it read row by row, a delivery that comes due meanwhile would be passed over and a
     * later one of its ordering key taken. {@code sink <> ''} and {@code < 'infinity'} let the planner use the
     * index of the deliveries.
     */
    private static final String DUE = upToBytes(COLUMNS + """
             WHERE tenant_id = ? AND sink <> '' AND sink = ANY (?) AND parked_at IS NULL
               AND next_attempt_at < 'infinity' AND next_attempt_at <= statement_timestamp()
               AND NOT EXISTS (SELECT FROM semel.outbox_events AS earlier
                                WHERE earlier.tenant_id = event.tenant_id AND earlier.sink = event.sink
                                  AND earlier.sink <> ''
                                  AND earlier.ordering_key = event.ordering_key AND earlier.id < event.id
                                  AND earlier.next_attempt_at > statement_timestamp()
                                  AND (earlier.parked_at IS NULL OR earlier.halts_key))
             ORDER BY id LIMIT ?""");

    /**
     * For a sink that is down: what was tried is behind all others then, so that what the sink never takes stands in nobody's way. Only
     * the first of its ordering key. Reads all that is due: the pauses between two tries are long.
     */
    private static final String LONGEST_WAITING = COLUMNS + """
             WHERE tenant_id = ? AND sink <> '' AND sink = ? AND parked_at IS NULL
               AND next_attempt_at < 'infinity' AND next_attempt_at <= statement_timestamp()
               AND NOT EXISTS (SELECT FROM semel.outbox_events AS earlier
                                WHERE earlier.tenant_id = event.tenant_id AND earlier.sink = event.sink
                                  AND earlier.sink <> ''
                                  AND earlier.ordering_key = event.ordering_key AND earlier.id < event.id
                                  AND (earlier.parked_at IS NULL OR earlier.halts_key))
             ORDER BY next_attempt_at, id LIMIT 1""";

    private static final String BLOCKED = """
            SELECT DISTINCT sink, ordering_key FROM semel.outbox_events
             WHERE tenant_id = ? AND sink <> '' AND sink = ANY (?) AND ordering_key = ANY (?)
               AND (parked_at IS NULL OR halts_key)""";

    /**
     * From the first of them on: before PostgreSQL 17 a planner that believes the table to be small reads all rows of the sink for an
     * array, those that are gone and not vacuumed yet as well.
     */
    private static final String DELETE = """
            DELETE FROM semel.outbox_events WHERE tenant_id = ? AND sink = ? AND id >= ? AND id = ANY (?)""";

    private static final String SPLIT = """
            INSERT INTO semel.outbox_events
                   (tenant_id, sink, id, event_id, ordering_key, type, payload, operation_type, request_id, number,
                    created_at, next_attempt_at)
            OVERRIDING SYSTEM VALUE
            SELECT tenant_id, ?, id, event_id, ordering_key, type, payload, operation_type, request_id, number,
                   created_at, 'infinity'
              FROM semel.outbox_events WHERE tenant_id = ? AND sink = '' AND id >= ? AND id = ANY (?)""";

    private static final String POSTPONE = """
            UPDATE semel.outbox_events
               SET attempts = attempts + 1, last_error = ?,
                   next_attempt_at = clock_timestamp() + ? * interval '1 millisecond'
             WHERE tenant_id = ? AND sink = ? AND id = ?""";

    private static final String TRY_LATER = """
            UPDATE semel.outbox_events SET next_attempt_at = clock_timestamp() + ? * interval '1 millisecond'
             WHERE tenant_id = ? AND sink = ? AND id = ?""";

    private static final String WAIT = """
            UPDATE semel.outbox_events SET next_attempt_at = 'infinity'
             WHERE tenant_id = ? AND sink = ? AND id = ANY (?)""";

    private static final String PARK = """
            UPDATE semel.outbox_events
               SET attempts = attempts + 1, last_error = ?, parked_at = clock_timestamp(), parked_reason = ?,
                   halts_key = ?, next_attempt_at = 'infinity'
             WHERE tenant_id = ? AND sink = ? AND id = ?""";

    /**
     * Only among the first ten of the ordering key: those behind a delivery that fails again would be looked at in vain. An array,
     * so that they are found once and not once per row.
     */
    private static final String WAKE = """
            UPDATE semel.outbox_events SET next_attempt_at = clock_timestamp()
             WHERE tenant_id = ? AND sink = ? AND parked_at IS NULL AND next_attempt_at = 'infinity'
               AND id = ANY (ARRAY(
                   SELECT id FROM semel.outbox_events
                    WHERE tenant_id = ? AND sink = ? AND sink <> '' AND ordering_key = ? AND parked_at IS NULL
                    ORDER BY ordering_key, id LIMIT 10))""";

    /** Those that wait for nothing any more, because what they waited for went in the same moment. */
    private static final String WAKE_FORGOTTEN = """
            UPDATE semel.outbox_events AS event SET next_attempt_at = clock_timestamp()
             WHERE tenant_id = ? AND sink <> '' AND parked_at IS NULL AND next_attempt_at = 'infinity'
               AND NOT EXISTS (SELECT FROM semel.outbox_events AS earlier
                                WHERE earlier.tenant_id = event.tenant_id AND earlier.sink = event.sink
                                  AND earlier.sink <> ''
                                  AND earlier.ordering_key = event.ordering_key AND earlier.id < event.id
                                  AND (earlier.parked_at IS NULL OR earlier.halts_key))""";

    /** The length of a payload is known without reading it: what is beyond the end of the batch stays where it is. */
    private static String upToBytes(String rows) {
        return """
                SELECT * FROM (
                    SELECT *, sum(octet_length(payload)) OVER (ORDER BY id, sink) - octet_length(payload) AS bytes_before
                      FROM (%s) AS found) AS batch
                 WHERE bytes_before < %d ORDER BY id, sink""".formatted(rows, BATCH_BYTES);
    }

    /** A row as it is read. */
    record Row(long id, OutboxEvent event, String sinkName, int attempts) {}

    private final Connection connection;
    private final String tenant;

    EventRows(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Whether there may be more behind this batch. */
    static boolean isFull(List<Row> batch, int limit) {
        return batch.size() == limit
                || batch.stream().mapToLong(row -> row.event().payload().length).sum() >= BATCH_BYTES;
    }

    List<Row> fresh(long watermark, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FRESH)) {
            bind(statement, tenant, watermark, limit);
            return rows(statement);
        }
    }

    List<Row> due(Collection<String> sinkNames, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            bind(statement, tenant, connection.createArrayOf("text", sinkNames.toArray()), limit);
            return rows(statement);
        }
    }

    Optional<Row> longestWaiting(String sinkName) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LONGEST_WAITING)) {
            bind(statement, tenant, sinkName);
            return rows(statement).stream().findFirst();
        }
    }

    /** The lines of these sinks and ordering keys that have a delivery already. */
    Set<Delivery.Line> blocked(Collection<String> sinkNames, Collection<String> orderingKeys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BLOCKED)) {
            bind(
                    statement,
                    tenant,
                    connection.createArrayOf("text", sinkNames.toArray()),
                    connection.createArrayOf("text", orderingKeys.toArray()));
            Set<Delivery.Line> lines = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(new Delivery.Line(row.getString(1), row.getString(2)));
                }
            }
            return lines;
        }
    }

    /** Acknowledges rows of one sink, or fresh ones ({@code ""}); returns how many were there. */
    int delete(String sinkName, Collection<Long> ids) throws SQLException {
        return ids.isEmpty() ? 0 : update(DELETE, tenant, sinkName, Collections.min(ids), array(ids));
    }

    /** Makes fresh events' deliveries to one sink rows of their own, which wait. */
    int split(String sinkName, Collection<Long> ids) throws SQLException {
        return ids.isEmpty() ? 0 : update(SPLIT, sinkName, tenant, Collections.min(ids), array(ids));
    }

    private Array array(Collection<Long> ids) throws SQLException {
        return connection.createArrayOf("bigint", ids.toArray());
    }

    /** A delivery that is to be tried again after a pause. */
    record Postponed(Delivery delivery, String error, long pauseMillis) {}

    int postpone(Collection<Postponed> deliveries) throws SQLException {
        return updateAll(
                POSTPONE,
                deliveries,
                one -> values(
                        one.error(),
                        one.pauseMillis(),
                        tenant,
                        one.delivery().line().sinkName(),
                        one.delivery().rowId()));
    }

    /** Untried: their attempts stay. */
    int tryLater(Collection<Postponed> deliveries) throws SQLException {
        return updateAll(
                TRY_LATER,
                deliveries,
                one -> values(
                        one.pauseMillis(),
                        tenant,
                        one.delivery().line().sinkName(),
                        one.delivery().rowId()));
    }

    int letWait(String sinkName, Collection<Long> ids) throws SQLException {
        return update(WAIT, tenant, sinkName, array(ids));
    }

    int park(Delivery delivery, String error, String reason, boolean haltsKey) throws SQLException {
        return update(
                PARK, error, reason, haltsKey, tenant, delivery.subscription().sinkName(), delivery.rowId());
    }

    /** In the same transaction as what it is about. */
    void audit(AuditRow row) throws SQLException {
        AuditLog.insert(connection, List.of(row));
    }

    int wake(Collection<Delivery.Line> lines) throws SQLException {
        return updateAll(
                WAKE, lines, line -> values(tenant, line.sinkName(), tenant, line.sinkName(), line.orderingKey()));
    }

    void wakeForgotten() throws SQLException {
        update(WAKE_FORGOTTEN, tenant);
    }

    /** One message for all. */
    private <T> int updateAll(String sql, Collection<T> items, Function<T, Object[]> values) throws SQLException {
        if (items.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T item : items) {
                bind(statement, values.apply(item));
                statement.addBatch();
            }
            return Arrays.stream(statement.executeBatch()).sum();
        }
    }

    private static Object[] values(Object... values) {
        return values;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getLong("id"), event(row), row.getString("sink"), row.getInt("attempts")));
            }
        }
        return rows;
    }

    private static OutboxEvent event(ResultSet row) throws SQLException {
        return new OutboxEvent(
                row.getObject("event_id", UUID.class),
                row.getString("tenant_id"),
                row.getString("ordering_key"),
                row.getString("type"),
                row.getBytes("payload"),
                row.getString("operation_type"),
                row.getString("request_id"),
                row.getInt("number"),
                Times.instant(row, "created_at"));
    }
}
