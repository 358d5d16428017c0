package dev.semel.cli.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request that may be sent any number of times: it reads, or it has a key. Immutable.
 *
 * @param method as in HTTP
 * @param path its segments are safe in a URL
 * @param query not encoded yet
 * @param body JSON
 * @param key the idempotency key, where something is written
 */
public record ApiRequest(
        String method, String path, Map<String, String> query, Optional<String> body, Optional<String> key) {

    /** Copies the query. */
    public ApiRequest {
        query = Map.copyOf(query);
    }

    public static ApiRequest get(String path, Map<String, String> query) {
        return new ApiRequest("GET", path, query, Optional.empty(), Optional.empty());
    }

    public static ApiRequest post(String path, String body, String key) {
        return new ApiRequest("POST", path, Map.of(), Optional.of(body), Optional.of(key));
    }

    public static ApiRequest delete(String path, String key) {
        return new ApiRequest("DELETE", path, Map.of(), Optional.empty(), Optional.of(key));
    }
}
