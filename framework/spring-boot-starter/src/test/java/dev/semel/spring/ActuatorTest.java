package dev.semel.spring;

import static dev.semel.spring.Http.unkeyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.maintenance.Maintenance;
import dev.semel.outbox.RelayListener;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application with Spring Boot's actuator shows. */
@ExtendWith(PostgresExtension.class)
class ActuatorTest {
    private static final String[] SHOWN = {
        "management.endpoints.web.exposure.include=health,semel", "management.endpoint.health.show-details=always"
    };

    private final TestDatabase database;

    ActuatorTest(TestDatabase database) {
        this.database = database;
    }

    private static String get(TicketShop shop, String path) {
        return new Http(shop.url()).send("GET", path, null, unkeyed()).body();
    }

    @Test
    void endpointTellsTheRegistryWithItsRoutesAndTheJobs() throws Exception {
        try (TicketShop shop = TicketShop.start(database, SHOWN)) {
            shop.beans(Maintenance.class).iterator().next().runNow("prune-keys");

            assertThat(get(shop, "/actuator/semel"))
                    .contains("\"name\":\"createTicket\"", "\"risk\":\"HIGH_RISK\"", "\"POST /tickets\"")
                    .contains("\"name\":\"prune-keys\"");
        }
    }

    @Test
    void endpointIsNotThereUnlessItIsExposed() {
        try (TicketShop shop = TicketShop.start(database)) {
            assertThat(get(shop, "/actuator/semel")).contains("NOT_FOUND");
        }
    }

    @Test
    void healthIsThatOfTheKeysAndTellsOfTheOutbox() {
        try (TicketShop shop = TicketShop.start(database, SHOWN)) {
            for (RelayListener listener : shop.beans(RelayListener.class)) {
                listener.sinkDown("mail");
                listener.sinkDown("crm");
                listener.sinkUp("crm", Duration.ofSeconds(1));
            }
            assertThat(get(shop, "/actuator/health"))
                    .contains("\"semel\":{", "\"parkedEvents\":0", "\"sinksDown\":[\"mail\"]", "\"status\":\"UP\"");

            database.run("REVOKE SELECT ON semel.idempotency_keys FROM semel_app");
            try {
                assertThat(get(shop, "/actuator/health")).contains("\"semel\":{", "\"status\":\"DOWN\"");
            } finally {
                database.run("GRANT SELECT ON semel.idempotency_keys TO semel_app");
            }
        }
    }
}
