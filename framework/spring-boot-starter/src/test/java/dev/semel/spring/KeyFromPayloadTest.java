package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static dev.semel.spring.Http.unkeyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operation whose key is a member of its payload, with a body limit of its own and refusals that tell more. */
@ExtendWith(PostgresExtension.class)
class KeyFromPayloadTest {
    private final TestDatabase database;
    private final TicketShop shop;
    private final Http http;

    KeyFromPayloadTest(TestDatabase database) {
        this.database = database;
        this.shop = TicketShop.start(database);
        this.http = new Http(shop.url());
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private HttpResponse<String> order(String body) {
        return http.send("POST", "/tickets/ordered", body, unkeyed());
    }

    private long tickets() {
        return database.number("SELECT count(*) FROM shop.tickets");
    }

    @Test
    void memberNamesTheWriteAndItsOwnFormTellsWhatIsTheSame() {
        HttpResponse<String> first = order("{\"clientOrderId\":\"o-1\",\"name\":\"tea\"}");
        HttpResponse<String> again = order("{\"remark\":\"please\",\"name\":\"tea\",\"clientOrderId\":\"o-1\"}");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void headerIsNotLookedAt() {
        order("{\"clientOrderId\":\"o-1\",\"name\":\"tea\"}");
        HttpResponse<String> replay =
                http.send("POST", "/tickets/ordered", "{\"clientOrderId\":\"o-1\",\"name\":\"tea\"}", keyed("other"));
        HttpResponse<String> missing = http.send("POST", "/tickets/ordered", "{\"name\":\"tea\"}", keyed("other"));

        assertThat(replay.statusCode()).isEqualTo(200);
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void refusalsNameTheMember() {
        order("{\"clientOrderId\":\"o-1\",\"name\":\"tea\"}");
        HttpResponse<String> missing = order("{\"name\":\"tea\"}");
        HttpResponse<String> reused = order("{\"clientOrderId\":\"o-1\",\"name\":\"coffee\"}");
        HttpResponse<String> malformed = order("{\"clientOrderId\":\"o 1\",\"name\":\"tea\"}");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("\"code\":\"CLIENT_ORDER_ID_REQUIRED\"");
        assertThat(reused.statusCode()).isEqualTo(409);
        assertThat(reused.body()).contains("\"code\":\"CLIENT_ORDER_ID_REUSED\"");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("\"code\":\"IDEMPOTENCY_KEY_INVALID\"");
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void bodyMayBeAsLargeAsTheOperationSays() {
        String large = "x".repeat(1_500_000);
        String body = "{\"clientOrderId\":\"%s\",\"name\":\"tea\",\"remark\":\"%s\"}";

        assertThat(order(body.formatted("o-1", large)).statusCode()).isEqualTo(201);
        assertThat(order(body.formatted("o-2", large + large)).statusCode()).isEqualTo(413);
        assertThat(http.send("POST", "/tickets", "{\"name\":\"" + large + "\"}", keyed("k"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void refusalTellsMoreAlsoWhenItIsRemembered() {
        HttpResponse<String> refused = order("{\"clientOrderId\":\"o-1\",\"name\":\"forbidden\"}");
        HttpResponse<String> remembered = order("{\"clientOrderId\":\"o-1\",\"name\":\"forbidden\"}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body())
                .contains("\"code\":\"NOT_YOURS\"", "\"allowed\":[\"tea\"]")
                .doesNotContain("FORGED");
        assertThat(remembered.statusCode()).isEqualTo(403);
        assertThat(remembered.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(remembered.body()).contains("\"allowed\":[\"tea\"]");
        assertThat(tickets()).isZero();
    }
}
