package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.outbox.Relay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An event that the relay gave up on is in the audit log, together with its parking or not at all. */
@ExtendWith(PostgresExtension.class)
class AuditParkTest extends RelayFixture {
    AuditParkTest(TestDatabase database) {
        super(database);
    }

    @AfterEach
    void closePools() {
        database.closePools();
    }

    private long parkedRows() {
        return database.number("""
                SELECT count(*) FROM semel.idempotent_write_audit_log a
                  JOIN semel.outbox_events e ON e.tenant_id = a.tenant_id AND e.event_id::text = a.resource_id
                 WHERE a.status = 'PARKED' AND a.user_id = 'relay' AND a.operation_type = 'note'
                   AND a.request_id = e.request_id AND a.code = 'IllegalStateException' AND a.key IS NULL
                   AND e.parked_at IS NOT NULL""");
    }

    @Test
    void parkedEventIsAudited() throws Exception {
        sink.refuse(event -> text(event).equals("poison"));
        note("acme", "a", "poison");
        note("globex", "a", "fine");
        try (Relay relay = relayToMemory().build()) {
            relay.drain();
            assertThat(parkedRows()).as("parked after two attempts").isEqualTo(1);
            assertThat(database.number("SELECT count(*) FROM semel.idempotent_write_audit_log WHERE status = 'PARKED'"))
                    .isEqualTo(1);
        }
    }
}
