package dev.semel.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A client that says no more than it is told to. */
final class Http {
    private final String url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Http(String url) {
        this.url = url;
    }

    HttpResponse<String> send(String method, String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        try {
            return client.send(request(method, path, body, more), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> sendAsync(
            String method, String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        return client.sendAsync(request(method, path, body, more), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return more.apply(builder).build();
    }

    static UnaryOperator<HttpRequest.Builder> keyed(String key) {
        return builder -> builder.header("X-Tenant", "acme")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key);
    }

    static UnaryOperator<HttpRequest.Builder> unkeyed() {
        return builder -> builder.header("X-Tenant", "acme").header("Content-Type", "application/json");
    }
}
