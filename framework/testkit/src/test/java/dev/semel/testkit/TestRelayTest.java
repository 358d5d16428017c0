package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Semel;
import dev.semel.outbox.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The manual relay and the manual clock. */
@ExtendWith(PostgresExtension.class)
class TestRelayTest {
    private final TestDatabase database;
    private final Semel semel;
    private final InMemorySink sink = new InMemorySink();

    TestRelayTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
        semel = Shop.engine(database.pool(2), Shop::insertAndEmit).build();
    }

    @Test
    void deliversWhenItIsToldTo() {
        try (TestRelay relay = TestRelay.of(database, Subscription.to("memory", sink, "order.paid"))) {
            Shop.pay(semel, "k", Shop.TEA);
            Shop.pay(semel, "k", Shop.TEA);
            assertThat(sink.events()).isEmpty();

            assertThat(relay.drain()).isEqualTo(1);
            assertThat(relay.drain()).isZero();
            assertThat(sink.events()).hasSize(1);
        }
    }

    @Test
    void failedDeliveryIsDueOnceItsPauseHasPassed() {
        try (TestRelay relay = TestRelay.of(database, Subscription.to("memory", sink, "order.paid"))) {
            Shop.pay(semel, "k", Shop.TEA);
            sink.refuse(event -> true);
            relay.drain();
            sink.refuse(event -> false);

            database.passTime(Duration.ofDays(1));
            relay.drain();

            assertThat(sink.events()).hasSize(1);
        }
    }

    @Test
    void passingTimeExpiresKeysAndLeavesTheAuditLogAlone() {
        Shop.pay(semel, "k", Shop.TEA);
        long audited = database.number(
                "SELECT count(*) FROM semel.idempotent_write_audit_log WHERE at > now() - interval '1 hour'");

        database.passTime(Duration.ofHours(49));

        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys WHERE expires_at < now()"))
                .isEqualTo(1);
        assertThat(database.number(
                        "SELECT count(*) FROM semel.idempotent_write_audit_log WHERE at > now() - interval '1 hour'"))
                .isEqualTo(audited)
                .isEqualTo(1);
    }
}
