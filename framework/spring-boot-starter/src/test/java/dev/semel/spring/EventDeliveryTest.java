package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.semel.Operation;
import dev.semel.Write;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import dev.semel.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The example of the guide on events, in an application. */
@ExtendWith(PostgresExtension.class)
class EventDeliveryTest {
    private static final String SECRET = "a secret of the shop and its partner";

    private final TestDatabase database;
    private final Partner partner;
    private final TicketShop shop;

    EventDeliveryTest(TestDatabase database) throws IOException {
        this.database = database;
        database.run("""
                CREATE SCHEMA IF NOT EXISTS shop;
                GRANT USAGE ON SCHEMA shop TO semel_app;
                CREATE TABLE IF NOT EXISTS shop.sales (tenant_id text, day date, tickets int, PRIMARY KEY (tenant_id, day));
                GRANT SELECT, INSERT, UPDATE ON shop.sales TO semel_app;
                TRUNCATE shop.sales, semel.outbox_events""");
        partner = new Partner();
        shop = TicketShop.start(
                database,
                Sales.class,
                "partner.url=" + partner.url(),
                "partner.secret=" + SECRET,
                "semel.relay.poll-interval=100ms");
    }

    @AfterEach
    void stop() {
        shop.close();
        partner.close();
    }

    private void sell(String customer, String key) {
        int status = new Http(shop.url())
                .send("POST", "/sales", "{\"customer\":\"%s\"}".formatted(customer), keyed(key))
                .statusCode();
        assertThat(status).isLessThan(300);
    }

    @Test
    void saleIsCountedOnceAndThePartnerIsToldInASignedRequest() {
        sell("bob", "s-1");
        sell("bob", "s-1");

        await().untilAsserted(() -> assertThat(partner.told).hasSize(1));
        assertThat(partner.told.get(0).genuine()).isTrue();
        await().until(() -> database.number("SELECT sum(tickets) FROM shop.sales") == 1);
    }

    @Test
    void whatThePartnerRefusesForGoodHaltsItsCustomerAndNobodyElse() {
        partner.refused = "bob";
        sell("bob", "s-2");
        await().until(() -> database.number("SELECT count(*) FROM semel.outbox_events WHERE halts_key") == 1);
        partner.refused = "nobody";
        sell("bob", "s-3");
        sell("eve", "s-4");

        await().untilAsserted(() -> assertThat(partner.told).hasSize(1));
        assertThat(partner.told.get(0).body()).contains("eve");
        await().until(() -> database.number("SELECT sum(tickets) FROM shop.sales") == 3);
        assertThat(partner.told).hasSize(1);
    }

    @Import(EventDelivery.class)
    @RestController
    static class Sales {
        record Sale(String customer) {}

        record Sold(UUID id, String customer) {}

        static final Operation<Sale, Sold> SELL = Operation.highRisk("sellTicket", Sale.class, Sold.class)
                .emits("ticket.sold")
                .build();

        @Bean
        static SemelConfigurer selling() {
            return builder -> builder.register(SELL);
        }

        @PostMapping("/sales")
        @Gate("sellTicket")
        Sold sell(@RequestBody Sale body, Write<Sale> write) {
            Sold sold = new Sold(write.resultId(), body.customer());
            write.emit("ticket.sold", body.customer(), sold);
            return sold;
        }
    }

    record Told(boolean genuine, String body) {}

    /** Receives webhooks, as somebody else's system would. */
    private static final class Partner implements AutoCloseable {
        final List<Told> told = new CopyOnWriteArrayList<>();
        volatile String refused = "nobody";
        private final HttpServer server;

        Partner() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::receive);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/sales";
        }

        private void receive(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String text = new String(body, StandardCharsets.UTF_8);
            boolean isRefused = text.contains(refused);
            if (!isRefused) {
                told.add(new Told(isGenuine(exchange, body), text));
            }
            exchange.sendResponseHeaders(isRefused ? 422 : 204, -1);
            exchange.close();
        }

        private static boolean isGenuine(HttpExchange exchange, byte[] body) {
            return WebhookSignature.verify(
                    SECRET.getBytes(StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst(WebhookSignature.EVENT_ID_HEADER),
                    exchange.getRequestHeaders().getFirst(WebhookSignature.TIMESTAMP_HEADER),
                    exchange.getRequestHeaders().getFirst(WebhookSignature.SIGNATURE_HEADER),
                    body,
                    Duration.ofMinutes(5));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
