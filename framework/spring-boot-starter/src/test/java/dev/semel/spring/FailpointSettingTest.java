package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.Failpoints;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class FailpointSettingTest {
    private static final String ENABLED = "semel.failpoints.enabled=true";
    private static final String ARMED = "semel.failpoints.armed[write.after-handler]=";

    private final TestDatabase database;

    FailpointSettingTest(TestDatabase database) {
        this.database = database;
    }

    private long rows() {
        return database.number(
                "SELECT (SELECT count(*) FROM shop.tickets) + (SELECT count(*) FROM semel.idempotency_keys)");
    }

    private static int create(TicketShop shop, String key) {
        String body = "{\"name\":\"one\"}";
        return new Http(shop.url())
                .send("POST", "/tickets", body, Http.keyed(key))
                .statusCode();
    }

    @Test
    void armedFailpointRollsOneWriteBackAndTheRetrySucceedsUnderTheSameKey() {
        try (TicketShop shop = TicketShop.start(database, ENABLED, ARMED + "throw@2")) {
            assertThat(create(shop, "one")).isEqualTo(201);
            assertThat(create(shop, "two")).isEqualTo(500);
            assertThat(rows()).isEqualTo(2);
            assertThat(create(shop, "two")).isEqualTo(201);
            assertThat(rows()).isEqualTo(4);
        }
    }

    @Test
    void failpointsAreOffByDefaultAlsoWhereOneIsArmed() {
        try (TicketShop shop = TicketShop.start(database, ARMED + "throw")) {
            assertThat(shop.beans(Failpoints.class)).noneMatch(ArmedFailpoints.class::isInstance);
            assertThat(create(shop, "k")).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "production"})
    void productionProfileRefusesThem(String profile) {
        assertThatThrownBy(() -> TicketShop.start(database, ENABLED, "spring.profiles.active=" + profile))
                .rootCause()
                .hasMessageContaining("production profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explode", "delay:1", "throw@0"})
    void malformedActionStopsTheStart(String action) {
        assertThatThrownBy(() -> TicketShop.start(database, ENABLED, ARMED + action))
                .rootCause()
                .hasMessageContaining("write.after-handler");
    }

    @Test
    void unknownFailpointStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, ENABLED, "semel.failpoints.armed[no.such]=throw"))
                .rootCause()
                .hasMessageContaining("no failpoint no.such");
    }
}
