package dev.semel.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The table {@code semel.outbox_events}: where events wait for the commit and for the relay. */
final class OutboxEvents {
    /** Taken before the ids are drawn, in ascending order: within an ordering key, id order is commit order. */
    private static final String LOCK_ORDERING_KEYS =
            "SELECT pg_advisory_xact_lock(number) FROM unnest(?::bigint[]) AS number;\n";

    private static final String INSERT = """
            INSERT INTO semel.outbox_events
                   (tenant_id, request_id, event_id, number, ordering_key, type, payload, operation_type)
            SELECT ?, event.*
              FROM unnest(?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::bytea[], ?::text[]) AS event;
            """;

    private OutboxEvents() {}

    /** What inserts these events; nothing for none. */
    static String sql(List<EventRow> events) {
        return events.isEmpty() ? "" : LOCK_ORDERING_KEYS + INSERT;
    }

    static void bind(PreparedStatement statement, int index, String tenant, List<EventRow> events) throws SQLException {
        if (!events.isEmpty()) {
            int next = bindLocks(statement, index, tenant, events);
            bindInsert(statement, next, tenant, events);
        }
    }

    private static int bindLocks(PreparedStatement statement, int index, String tenant, List<EventRow> events)
            throws SQLException {
        Object[] locks = events.stream()
                .map(event -> Names.lock("ordering-key", tenant, event.orderingKey()))
                .distinct()
                .sorted()
                .toArray();
        return new Columns<>(statement, index, events).bind("bigint", locks).next();
    }

    private static void bindInsert(PreparedStatement statement, int index, String tenant, List<EventRow> events)
            throws SQLException {
        statement.setString(index, tenant);
        new Columns<>(statement, index + 1, events)
                .text(event -> event.origin().requestId())
                .bind("uuid", UUID[]::new, EventRow::eventId)
                .bind("int4", Integer[]::new, event -> event.origin().number())
                .text(EventRow::orderingKey)
                .text(EventRow::type)
                .bind("bytea", byte[][]::new, EventRow::payload)
                .text(event -> event.origin().operationType());
    }
}
