package dev.semel.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** A write to be asked for. */
record Order(String method, String path, String type, String body) {
    static Order post(String path, String body) {
        return new Order("POST", path, "application/json", body);
    }

    HttpRequest request(Client client, String key) {
        return client.request(path)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .method(method, BodyPublishers.ofString(body))
                .build();
    }
}
