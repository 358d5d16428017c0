package dev.semel.internal;

import dev.semel.Caller;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The table {@code semel.outbox_events}: where events wait for the commit and for the relay. */
final class OutboxEvents {
    /** Taken before the ids are drawn, in ascending order: within an ordering key, id order is commit order. */
    static final String LOCK_ORDERING_KEYS =
            "SELECT pg_advisory_xact_lock(number) FROM unnest(?::bigint[]) AS number;\n";

    static final String INSERT = """
            INSERT INTO semel.outbox_events
                   (tenant_id, request_id, event_id, number, ordering_key, type, payload, operation_type)
            SELECT ?, ?, event.* FROM unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::bytea[], ?::text[]) AS event;
            """;

    private OutboxEvents() {}

    static int bindLocks(PreparedStatement statement, int index, Caller caller, List<EventRow> events)
            throws SQLException {
        Object[] locks = events.stream()
                .map(event -> Names.lock("ordering-key", caller.tenant(), event.orderingKey()))
                .distinct()
                .sorted()
                .toArray();
        statement.setArray(index, statement.getConnection().createArrayOf("bigint", locks));
        return index + 1;
    }

    static int bindInsert(PreparedStatement statement, int index, Caller caller, List<EventRow> events)
            throws SQLException {
        statement.setString(index++, caller.tenant());
        statement.setString(index++, caller.requestId());
        statement.setArray(index++, array(statement, "uuid", column(events, UUID[]::new, EventRow::eventId)));
        statement.setArray(index++, array(statement, "int4", column(events, Integer[]::new, EventRow::number)));
        statement.setArray(index++, array(statement, "text", column(events, String[]::new, EventRow::orderingKey)));
        statement.setArray(index++, array(statement, "text", column(events, String[]::new, EventRow::type)));
        statement.setArray(index++, array(statement, "bytea", column(events, byte[][]::new, EventRow::payload)));
        statement.setArray(index++, array(statement, "text", column(events, String[]::new, EventRow::operationType)));
        return index;
    }

    private static <T> T[] column(List<EventRow> events, IntFunction<T[]> type, Function<EventRow, T> column) {
        return events.stream().map(column).toArray(type);
    }

    private static Array array(PreparedStatement statement, String type, Object[] values) throws SQLException {
        return statement.getConnection().createArrayOf(type, values);
    }
}
