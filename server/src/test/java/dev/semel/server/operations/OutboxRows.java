package dev.semel.server.operations;

/** Rows that a relay leaves behind, without waiting for it. No subscription has the name of their sink: nothing takes them away. */
final class OutboxRows {
    private OutboxRows() {}

    static String parked(String tenant, String eventId, String sink) {
        return delivery(tenant, eventId, sink, "clock_timestamp(), 'exhausted', 'http.500'");
    }

    static String retrying(String tenant, String eventId, String sink) {
        return delivery(tenant, eventId, sink, "NULL, NULL, 'http.500'");
    }

    private static String delivery(String tenant, String eventId, String sink, String parked) {
        return """
                INSERT INTO semel.outbox_events (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id,
                                                 attempts, next_attempt_at, sink, parked_at, parked_reason, last_error)
                VALUES ('%s', '%s', '%2$s', 'order.placed', 'SECRET-PAYLOAD', 'placeOrder', 'req-%2$s',
                        3, 'infinity', '%s', %s)""".formatted(tenant, eventId, sink, parked);
    }
}
