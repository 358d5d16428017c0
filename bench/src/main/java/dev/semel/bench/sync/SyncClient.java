package dev.semel.bench.sync;

import dev.semel.bench.http.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of sync, with scopes of its own. Thread-safe. */
final class SyncClient {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.shared();
    private final URI server;
    private final String token;

    private SyncClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    static SyncClient of(ServerProcess server) throws IOException {
        return new SyncClient(server.address(), server.token());
    }

    /** A new scope. */
    String scope(String mode) throws IOException, InterruptedException {
        String scope = "bench-" + UUID.randomUUID();
        post("/v1/scopes", "{\"scope\":\"" + scope + "\",\"mode\":\"" + mode + "\"}");
        return scope;
    }

    /** What is answered to a push under that id. */
    byte[] push(String scope, String id, String ops) throws IOException, InterruptedException {
        return post(
                "/v1/sync/push",
                "{\"scope\":\"" + scope + "\",\"clientChangesetId\":\"" + id + "\",\"ops\":[" + ops + "]}");
    }

    /** A proposal of which everything is accepted, as the request that publishes it. */
    Publish accepted(String scope, SyncFiles files) throws IOException, InterruptedException {
        String id = json.readTree(push(scope, "proposal", files.ops()))
                .at("/changeset/id")
                .asString();
        JsonNode decided = json.readTree(post(
                "/v1/changesets/" + id + "/decisions", "{\"revision\":1,\"decisions\":[" + files.decisions() + "]}"));
        return new Publish(
                "/v1/changesets/" + id + "/publish",
                "{\"expectedRevision\":1,\"decisionsHash\":\""
                        + decided.path("decisionsHash").asString() + "\"}");
    }

    /** A request. */
    record Publish(String path, String body) {}

    void publish(Publish publish) throws IOException, InterruptedException {
        post(publish.path(), publish.body());
    }

    /**
     * A page.
     *
     * @param cursor as JSON
     */
    Page pull(String scope, String cursor, int limit) throws IOException, InterruptedException {
        byte[] body = post(
                "/v1/sync/pull",
                "{\"scope\":\"" + scope + "\",\"sinceCursor\":" + cursor + ",\"limit\":" + limit + "}");
        JsonNode page = json.readTree(body);
        return new Page(
                page.path("changes").size(),
                "\"" + page.path("newCursor").asString() + "\"",
                page.path("hasMore").asBoolean(),
                body.length);
    }

    /** @param cursor as JSON */
    record Page(int files, String cursor, boolean hasMore, int bytes) {}

    private byte[] post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode() + " of " + path);
        }
        return response.body();
    }
}
