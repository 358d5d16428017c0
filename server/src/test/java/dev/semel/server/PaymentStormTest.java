package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.outbox.Relay;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Five hundred clients send the same payment at once. */
class PaymentStormTest {
    private static final int STORM = 500;

    private final TestServer server = TestServer.start();
    private final Client alice = server.as("ACME-ADMIN");
    private final Books books = new Books(alice);

    @AfterEach
    void stop() {
        server.close();
    }

    private List<CompletableFuture<HttpResponse<String>>> storm(String body) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < STORM; i++) {
            HttpRequest request = alice.request("/api/payments")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "storm")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            answers.add(alice.http().sendAsync(request, BodyHandlers.ofString()));
        }
        return answers;
    }

    @Test
    void isPaidOnceAndTakesTwoConnectionsAtMost() throws Exception {
        String invoice = books.finalInvoice("100.00");
        server.bean(Relay.class).close(); // it takes connections of its own accord; only the storm's are counted
        var pool = server.bean(HikariDataSource.class).getHikariPoolMXBean();
        assertThat(pool.getActiveConnections()).isZero();

        List<CompletableFuture<HttpResponse<String>>> answers = storm(Books.payment(invoice, "100.00"));
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        int mostConnections = 0;
        while (!all.isDone()) {
            mostConnections = Math.max(mostConnections, pool.getActiveConnections());
            TimeUnit.MICROSECONDS.sleep(200);
        }

        List<HttpResponse<String>> results =
                answers.stream().map(CompletableFuture::join).toList();
        assertThat(results).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(results).filteredOn(answer -> answer.statusCode() == 200).hasSize(STORM - 1);
        assertThat(results)
                .extracting(HttpResponse::body)
                .containsOnly(results.get(0).body());
        assertThat(mostConnections).isBetween(1, 2);
        assertThat(server.database().query("SELECT count(*) FROM semel_books.payments"))
                .isEqualTo("1");
        assertThat(alice.get("/api/invoices/" + invoice).json().path("paid").asString())
                .isEqualTo("100.00");
    }

    @Test
    void otherTenantsSameKeyIsAnotherPayment() {
        Books globex = new Books(server.as("GLOBEX-ADMIN"));
        String ours = books.finalInvoice("100.00");
        String theirs = globex.finalInvoice("100.00");

        assertThat(alice.post("/api/payments", Books.payment(ours, "1.00"), "same")
                        .status())
                .isEqualTo(201);
        assertThat(server.as("GLOBEX-ADMIN")
                        .post("/api/payments", Books.payment(theirs, "2.00"), "same")
                        .status())
                .isEqualTo(201);
        assertThat(server.as("GLOBEX-ADMIN")
                        .post("/api/payments", Books.payment(ours, "1.00"), "stolen")
                        .code())
                .isEqualTo("NOT_FOUND");
        assertThat(alice.post("/api/payments", Books.payment(ours, "3.00"), "same")
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }
}
