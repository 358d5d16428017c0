package dev.semel.cli.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server whether it is up. Thread-safe. */
final class HealthProbe {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final JsonMapper json = JsonMapper.builder().build();

    boolean isUp(URI server) throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(server.resolve("/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = client.send(health, BodyHandlers.ofString());
            return answer.statusCode() == 200 && saysUp(answer.body());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean saysUp(String body) {
        try {
            return json.readTree(body).path("status").asString("").equals("UP");
        } catch (JacksonException e) {
            return false;
        }
    }
}
