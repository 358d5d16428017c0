package dev.semel.bench.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A client of the books. Thread-safe. */
final class BooksClient {
    private static final int HTTP_OK = 200;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.shared();
    private final URI server;
    private final String token;

    private BooksClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** As the server's administrator. */
    static BooksClient of(ServerProcess server) throws IOException {
        return new BooksClient(server.address(), server.token());
    }

    /** What the server measures of itself; empty if it does not. */
    String metrics() throws IOException, InterruptedException {
        HttpRequest request = request("/actuator/prometheus").GET().build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.statusCode() == HTTP_OK ? response.body() : "";
    }

    /** Makes final invoices that are large enough to be paid again and again, and gives their ids. */
    List<String> invoices(int count) throws IOException, InterruptedException {
        String customer = post("/api/customers", "customer", "{\"name\":\"Customer\"}");
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String invoice = post("/api/invoices", "invoice-" + i, """
                    {"customerId":"%s","currency":"EUR",
                     "lines":[{"description":"Tea","quantity":"1","unitPrice":"1000000000.00"}]}""".formatted(customer));
            post("/api/invoices/" + invoice + "/finalize", "finalize-" + i, "{}");
            invoices.add(invoice);
        }
        return invoices;
    }

    /** Pays and gives the payment's id. */
    String pay(String invoice, String key) throws IOException, InterruptedException {
        return post(
                "/api/payments",
                key,
                "{\"invoiceId\":\"%s\",\"amount\":\"12.50\",\"currency\":\"EUR\",\"reference\":\"%s\"}"
                        .formatted(invoice, key));
    }

    /** Reads a payment. */
    void read(String payment) throws IOException, InterruptedException {
        send(request("/api/payments/" + payment).GET().build());
    }

    private String post(String path, String key, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return json.readTree(send(request)).path("id").asString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT).header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
