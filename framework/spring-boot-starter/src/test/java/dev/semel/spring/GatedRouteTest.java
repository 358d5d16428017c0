package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static dev.semel.spring.Http.unkeyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.RejectedException;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Routes without controllers. */
@ExtendWith(PostgresExtension.class)
class GatedRouteTest {
    private final TestDatabase database;

    GatedRouteTest(TestDatabase database) {
        this.database = database;
    }

    @Configuration(proxyBeanMethods = false)
    static class Routes {
        @Bean
        GatedRoute<TicketShop.NewTicket, TicketShop.Ticket> buy(JdbcClient jdbc) {
            return GatedRoute.post("/bought", TicketShop.CREATE).handle(write -> {
                jdbc.sql("INSERT INTO shop.tickets (tenant_id, id, name) VALUES (?, ?, ?)")
                        .params(
                                write.tenant(),
                                write.resultId(),
                                write.payload().name())
                        .update();
                if (write.payload().name().equals("beer")) {
                    throw RejectedException.rule("NO_BEER", "There is no beer.");
                }
                if (write.payload().name().equals("wine")) {
                    throw RejectedException.rule("NO_WINE", "There is no wine, and nobody has declared it.");
                }
                return new TicketShop.Ticket(write.resultId(), write.payload().name());
            });
        }

        @Bean
        GatedRoute<TicketShop.NewTicket, TicketShop.Ticket> rename() {
            return GatedRoute.put("/renamed/{place}", TicketShop.RENAME)
                    .handle((write, variables) -> new TicketShop.Ticket(write.resultId(), variables.get("place")));
        }

        @Bean
        GatedRoute<RawBody, TicketShop.Ticket> scan() {
            return GatedRoute.post("/scanned", TicketShop.RAW)
                    .consuming("text/csv")
                    .handle(write -> new TicketShop.Ticket(
                            write.resultId(), "bytes " + write.payload().bytes().length));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Doubled {
        @Bean
        GatedRoute<TicketShop.NewTicket, TicketShop.Ticket> doubled() {
            return GatedRoute.post("/tickets", TicketShop.CREATE)
                    .handle(write -> new TicketShop.Ticket(write.resultId(), "x"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnyRaw {
        @Bean
        GatedRoute<RawBody, TicketShop.Ticket> any() {
            return GatedRoute.post("/any", TicketShop.RAW)
                    .handle(write -> new TicketShop.Ticket(write.resultId(), "x"));
        }
    }

    @Test
    void writeIsExecutedOnceAndReplayed() {
        try (TicketShop shop = TicketShop.start(database, Routes.class)) {
            Http http = new Http(shop.url());
            HttpResponse<String> first = http.send("POST", "/bought", "{\"name\":\"tea\"}", keyed("k"));
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            HttpResponse<String> second = http.send("POST", "/bought", "{\"name\":\"tea\"}", keyed("k"));

            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(database.number("SELECT count(*) FROM shop.tickets")).isEqualTo(1);
            assertThat(http.send("POST", "/bought", "{\"name\":\"mate\"}", keyed("k"))
                            .body())
                    .contains("IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void gateDemandsKeyAndSoundPayloadAndRollsBackWhatIsRejected() {
        try (TicketShop shop = TicketShop.start(database, Routes.class)) {
            Http http = new Http(shop.url());
            assertThat(http.send("POST", "/bought", "{\"name\":\"tea\"}", unkeyed())
                            .body())
                    .contains("IDEMPOTENCY_KEY_REQUIRED");
            assertThat(http.send("POST", "/bought", "{\"name\":\"\"}", keyed("k"))
                            .body())
                    .contains("VALIDATION_FAILED");
            assertThat(http.send("POST", "/bought", "{\"name\":\"beer\"}", keyed("k"))
                            .body())
                    .contains("NO_BEER");
            assertThat(database.number("SELECT count(*) FROM shop.tickets")).isZero();
        }
    }

    @Test
    void rejectionThatIsNotDeclaredFailsWhereTheTestKitIs() {
        try (TicketShop shop = TicketShop.start(database, Routes.class, "logging.level.root=OFF")) {
            HttpResponse<String> answer =
                    new Http(shop.url()).send("POST", "/bought", "{\"name\":\"wine\"}", keyed("k"));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("wine");
            assertThat(database.number("SELECT count(*) FROM shop.tickets")).isZero();
        }
    }

    @Test
    void pathVariablesReachTheHandlerAndAreInTheFingerprint() {
        try (TicketShop shop = TicketShop.start(database, Routes.class)) {
            Http http = new Http(shop.url());
            assertThat(http.send("PUT", "/renamed/a1", "{\"name\":\"tea\"}", keyed("k"))
                            .body())
                    .contains("\"name\":\"a1\"");
            assertThat(http.send("PUT", "/renamed/a2", "{\"name\":\"tea\"}", keyed("k"))
                            .body())
                    .contains("IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void filesAreTakenByTheirType() {
        try (TicketShop shop = TicketShop.start(database, Routes.class)) {
            Http http = new Http(shop.url());
            assertThat(http.send(
                                    "POST",
                                    "/scanned",
                                    "a;b",
                                    builder -> builder.header("X-Tenant", "acme")
                                            .header("Content-Type", "text/csv")
                                            .header("Idempotency-Key", "k"))
                            .body())
                    .contains("bytes 3");
            assertThat(http.send("POST", "/scanned", "{}", keyed("l")).statusCode())
                    .isEqualTo(415);
        }
    }

    @Test
    void routesAreListedWithTheirOperations() {
        try (TicketShop shop = TicketShop.start(database, Routes.class)) {
            GateRoutes routes = shop.beans(GateRoutes.class).iterator().next();

            assertThat(routes.byOperation().get("createTicket")).contains("POST /bought");
            assertThat(routes.byOperation().get("renameTicket")).contains("PUT /renamed/{place}");
        }
    }

    @Test
    void routeThatExistsAlreadyStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, DoubledTickets.class))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("Ambiguous mapping");
    }

    @Import({Doubled.class, TicketShop.Tickets.class})
    static class DoubledTickets {}

    @Test
    void rawBodyOfAnyTypeStopsTheStart() {
        assertThatThrownBy(() -> TicketShop.start(database, AnyRaw.class))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("name the types that it consumes");
    }
}
