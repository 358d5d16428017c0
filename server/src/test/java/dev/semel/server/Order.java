package dev.semel.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/**
 * A write to be asked for.
 *
 * @param headers beside its content type and key
 */
record Order(String method, String path, String type, String body, Map<String, String> headers) {
    static Order post(String path, String body) {
        return new Order("POST", path, "application/json", body, Map.of());
    }

    static Order put(String path, String body) {
        return new Order("PUT", path, "application/json", body, Map.of());
    }

    static Order delete(String path) {
        return new Order("DELETE", path, "application/json", "", Map.of());
    }

    static Order csv(String path, String body) {
        return new Order("POST", path, "text/csv", body, Map.of());
    }

    Order with(String header, String value) {
        return new Order(method, path, type, body, Map.of(header, value));
    }

    Order withBody(String other) {
        return new Order(method, path, type, other, headers);
    }

    boolean isDeletion() {
        return method.equals("DELETE");
    }

    /** What its first execution is answered with. */
    int executed() {
        if (isDeletion()) {
            return 204;
        }
        return path.startsWith("/api/docs/") ? 200 : 201;
    }

    /** What each further one is answered with. */
    int replayed() {
        return isDeletion() ? 204 : 200;
    }

    HttpRequest request(Client client, String key) {
        HttpRequest.Builder request = client.request(path)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .method(method, isDeletion() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    Answer send(Client client, String key) {
        return client.send(request(client, key));
    }
}
