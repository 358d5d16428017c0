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

    private static final String LOCK_ORDERING_KEY = "SELECT pg_advisory_xact_lock(?);\n";

    /** As {@link #INSERT}, for the single event of most writes: arrays cost the server more than the row. */
    private static final String INSERT_ONE = """
            INSERT INTO semel.outbox_events
                   (tenant_id, request_id, event_id, number, ordering_key, type, payload, operation_type)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?);
            """;

    private OutboxEvents() {}

    /** What inserts these events; nothing for none. */
    static String sql(List<EventRow> events) {
        return switch (events.size()) {
            case 0 -> "";
            case 1 -> LOCK_ORDERING_KEY + INSERT_ONE;
            default -> LOCK_ORDERING_KEYS + INSERT;
        };
    }

    static void bind(PreparedStatement statement, int index, String tenant, List<EventRow> events) throws SQLException {
        if (events.size() == 1) {
            bindOne(statement, index, tenant, events.get(0));
        } else if (!events.isEmpty()) {
            int next = bindLocks(statement, index, tenant, events);
            bindInsert(statement, next, tenant, events);
        }
    }

    private static void bindOne(PreparedStatement statement, int index, String tenant, EventRow event)
            throws SQLException {
        statement.setLong(index++, orderingLock(tenant, event));
        statement.setString(index++, tenant);
        statement.setString(index++, event.origin().requestId());
        statement.setObject(index++, event.eventId());
        statement.setInt(index++, event.origin().number());
        statement.setString(index++, event.orderingKey());
        statement.setString(index++, event.type());
        statement.setBytes(index++, event.payload());
        statement.setString(index, event.origin().operationType());
    }

    private static long orderingLock(String tenant, EventRow event) {
        return Names.lock("ordering-key", tenant, event.orderingKey());
    }

    private static int bindLocks(PreparedStatement statement, int index, String tenant, List<EventRow> events)
            throws SQLException {
        Object[] locks = events.stream()
                .map(event -> orderingLock(tenant, event))
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
