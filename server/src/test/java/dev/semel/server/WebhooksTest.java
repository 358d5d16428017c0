package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.semel.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver that was configured gets the events of its tenant that it wants, and can tell that they are genuine. */
class WebhooksTest {
    private static final String SECRET = "what only the two of them know";

    private final Receiver receiver = new Receiver();
    private final TestServer server = TestServer.start(Map.of(
            "semel.webhooks.partner.tenant", "acme",
            "semel.webhooks.partner.url", receiver.url(),
            "semel.webhooks.partner.secret", SECRET,
            "semel.webhooks.partner.events", "customer.created,item.*,changeset.*,file.changed",
            "semel.webhooks.partner.allow-plain-http", "true",
            "semel.webhooks.partner.allow-private-addresses", "true"));

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    @Test
    void eventsOfTheTenantThatAreWantedArriveOnceEachAndSigned() {
        Client acme = server.as("ACME-ADMIN");
        acme.post("/api/customers", "{\"name\":\"Ada\"}", "c-1");
        acme.post("/api/customers", "{\"name\":\"Ada\"}", "c-1");
        acme.post("/api/employees", "{\"name\":\"Eve\",\"salary\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}}");
        server.as("GLOBEX-ADMIN").post("/api/customers", "{\"name\":\"Bob\"}");
        acme.post("/api/items", "{\"sku\":\"tea\",\"name\":\"Tea\",\"quantity\":1}");
        await().until(() -> server.database()
                .query("SELECT count(*) FROM semel.outbox_events")
                .equals("0"));

        assertThat(receiver.received)
                .extracting(Received::type)
                .containsExactlyInAnyOrder("customer.created", "item.created");
        assertThat(receiver.received)
                .allSatisfy(one -> assertThat(one.genuine()).isTrue())
                .allSatisfy(
                        one -> assertThat(new JsonMapper().readTree(one.body()).has("id"))
                                .isTrue());
    }

    @Test
    void whatBecomesOfAChangesetIsToldOnceEachAndInItsOrder() {
        Client acme = server.as("ACME-ADMIN");
        acme.post("/v1/scopes", "{\"scope\":\"handbook\",\"mode\":\"reviewed\"}");
        String first = proposed(acme, "one", "A");
        decide(acme, first);
        JsonNode decided = acme.get(first).json();
        acme.post(
                first + "/publish", """
                {"targetBranch":"main","expectedRevision":1,"decisionsHash":"%s"}""".formatted(decided.path("decisionsHash").asString()));
        acme.post(proposed(acme, "two", "B") + "/withdraw", "{}");
        await().until(() -> server.database()
                .query("SELECT count(*) FROM semel.outbox_events")
                .equals("0"));

        assertThat(typesAbout(first.substring(first.lastIndexOf('/') + 1)))
                .containsExactly("changeset.proposed", "changeset.decided", "changeset.published");
        assertThat(receiver.received)
                .extracting(Received::type)
                .containsExactlyInAnyOrder(
                        "changeset.proposed",
                        "changeset.decided",
                        "changeset.published",
                        "file.changed",
                        "changeset.proposed",
                        "changeset.closed");
    }

    private static String proposed(Client client, String file, String content) {
        Answer pushed = client.post("/v1/sync/push", """
                {"scope":"handbook","clientChangesetId":"%s","ops":[
                 {"type":"upsert","fileId":"%s","serverPath":"%s.md","baseVersion":0,"content":"%s"}]}""".formatted(file, file, file, content));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        return "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
    }

    private static void decide(Client client, String changeset) {
        Answer decided = client.post(
                changeset + "/decisions",
                "{\"revision\":1,\"decisions\":[{\"fileId\":\"one\",\"action\":\"accept\"}]}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(201);
    }

    private List<String> typesAbout(String changesetId) {
        return receiver.received.stream()
                .filter(one -> one.body().contains("\"changesetId\":\"" + changesetId + "\""))
                .map(Received::type)
                .filter(type -> type.startsWith("changeset."))
                .toList();
    }

    record Received(String type, boolean genuine, String body) {}

    private static final class Receiver implements AutoCloseable {
        final List<Received> received = new CopyOnWriteArrayList<>();
        private final HttpServer http;

        Receiver() {
            try {
                http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            http.createContext("/", this::receive);
            http.start();
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/hook";
        }

        private void receive(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    header(exchange, WebhookSignature.EVENT_TYPE_HEADER),
                    isGenuine(exchange, body),
                    new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }

        private static boolean isGenuine(HttpExchange exchange, byte[] body) {
            return WebhookSignature.verify(
                    SECRET.getBytes(StandardCharsets.UTF_8),
                    header(exchange, WebhookSignature.EVENT_ID_HEADER),
                    header(exchange, WebhookSignature.TIMESTAMP_HEADER),
                    header(exchange, WebhookSignature.SIGNATURE_HEADER),
                    body,
                    Duration.ofMinutes(5));
        }

        private static String header(HttpExchange exchange, String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
