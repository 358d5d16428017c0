package dev.semel.cli.demo.verify;

import dev.semel.cli.CliException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from the server over a good network. Thread-safe. */
public final class SemelApi {

    private static final int TRIES = 5;
    private static final int PAGE = 100;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final URI server;
    private final String token;

    public SemelApi(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** All items of a list, page by page. */
    List<JsonNode> list(String path) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        JsonNode page = get(path + "?limit=" + PAGE);
        while (true) {
            page.path("items").forEach(items::add);
            String cursor = page.path("nextCursor").asString("");
            if (cursor.isEmpty()) {
                return items;
            }
            if (!cursors.add(cursor)) {
                throw new CliException("GET " + path + " goes in circles: the same nextCursor came twice.");
            }
            page = get(path + "?limit=" + PAGE + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
    }

    JsonNode get(String path) throws InterruptedException {
        String last = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                HttpResponse<byte[]> response = client.send(request(path), BodyHandlers.ofByteArray());
                if (response.statusCode() == 200) {
                    return json.readTree(response.body());
                }
                last = response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(Duration.ofMillis(500L * attempt).toMillis());
        }
        throw new CliException("GET " + path + " failed: " + last);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
    }
}
