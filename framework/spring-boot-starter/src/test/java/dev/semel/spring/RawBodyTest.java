package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates that take files. */
@ExtendWith(PostgresExtension.class)
class RawBodyTest {
    private final TestDatabase database;

    RawBodyTest(TestDatabase database) {
        this.database = database;
    }

    private static HttpResponse<String> send(Http http, String key, String type, String body) {
        return http.send(
                "POST",
                "/tickets/raw",
                body,
                builder -> builder.header("X-Tenant", "acme")
                        .header("Content-Type", type)
                        .header("Idempotency-Key", key));
    }

    private static HttpResponse<String> sendWithoutType(Http http) {
        return http.send(
                "POST",
                "/tickets/raw",
                "a;b",
                builder -> builder.header("X-Tenant", "acme").header("Idempotency-Key", "untyped"));
    }

    @Test
    void fileIsTakenOnceAndItsBytesAreItsPayload() {
        try (TicketShop shop = TicketShop.start(database, "semel.http.max-raw-body-size=20B")) {
            Http http = new Http(shop.url());
            HttpResponse<String> first = send(http, "k", "text/csv", "a;b\n");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(first.body()).contains("text/csv 4");
            assertThat(send(http, "k", "text/csv", "a;b\n").body()).isEqualTo(first.body());
            assertThat(send(http, "k", "text/csv", "a;b").body()).contains("IDEMPOTENCY_KEY_REUSED");
            assertThat(send(http, "k", "text/csv;charset=ISO-8859-1", "a;b\n").body())
                    .contains("IDEMPOTENCY_KEY_REUSED");

            assertThat(send(http, "l", "application/json", "{}").statusCode()).isEqualTo(415);
            assertThat(sendWithoutType(http).statusCode()).isEqualTo(415);
            assertThat(send(http, "l", "text/csv", "x".repeat(21)).statusCode()).isEqualTo(413);
            assertThat(send(http, "l", "text/csv", "x".repeat(20)).statusCode()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {TicketShop.AnyType.class, TicketShop.EveryType.class})
    void routeThatTakesFilesOfAnyTypeKeepsTheApplicationFromStarting(Class<?> controller) {
        assertThatThrownBy(() -> TicketShop.start(database, controller))
                .isInstanceOf(GateDefectException.class)
                .hasMessageContaining("name the types that it consumes");
    }
}
