package dev.semel.webhook;

import dev.semel.outbox.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Events for sinks. */
final class Events {
    private Events() {}

    static OutboxEvent event() {
        return event("acme", "invoice.created");
    }

    static OutboxEvent event(String tenant, String type) {
        byte[] payload = "{\"invoice\":\"ü-17\"}".getBytes(StandardCharsets.UTF_8);
        return new OutboxEvent(
                UUID.randomUUID(), tenant, "i-17", type, payload, "CreateInvoice", "r-1", 0, Instant.now());
    }
}
