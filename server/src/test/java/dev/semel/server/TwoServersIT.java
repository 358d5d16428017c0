package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes on one database. */
class TwoServersIT {
    private static final int KEYS = 1_000;

    @Test
    void sameKeysSentToBothAtTheSameMomentPayOnceEach(@TempDir Path folder) throws Exception {
        TestDatabase database = TestDatabase.create();
        try (ServerProcess one = ServerProcess.start(folder.resolve("one"), database);
                ServerProcess other = ServerProcess.start(folder.resolve("other"), database)) {
            Client first = Client.of(one.url(), "ACME-ADMIN");
            Client second = Client.of(other.url(), "ACME-ADMIN");
            String invoice = new Books(first).finalInvoice(KEYS + ".00");

            for (int i = 0; i < KEYS; i++) {
                payAtBoth(List.of(first, second), Books.payment(invoice, "1.00"), "both-" + i);
            }

            assertThat(database.query("SELECT count(*) FROM semel_books.payments"))
                    .isEqualTo(String.valueOf(KEYS));
            assertThat(second.get("/api/invoices/" + invoice)
                            .json()
                            .path("balance")
                            .asString())
                    .isEqualTo("0.00");
        }
    }

    private static void payAtBoth(List<Client> clients, String body, String key) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                clients.stream().map(client -> pay(client, body, key)).toList();
        List<HttpResponse<String>> results =
                answers.stream().map(CompletableFuture::join).toList();
        Stream<Integer> statuses = results.stream().map(HttpResponse::statusCode);
        assertThat(statuses).containsExactlyInAnyOrder(200, 201);
        assertThat(results.get(0).body()).isEqualTo(results.get(1).body());
    }

    private static CompletableFuture<HttpResponse<String>> pay(Client client, String body, String key) {
        HttpRequest request = client.request("/api/payments")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.http().sendAsync(request, BodyHandlers.ofString());
    }
}
