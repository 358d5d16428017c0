package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The transcripts of the protocol's page, run as they stand. */
class SyncProtocolTest {
    private static final Path PAGE = Path.of("../docs/sync-protocol.md");

    private final JsonMapper json = new JsonMapper();
    private final Map<String, String> values = new HashMap<>();

    /** What is sent, and what comes back at least. */
    private record Exchange(String target, String body, int status, String answer) {}

    @Test
    void transcriptsAreTrue() throws IOException {
        List<Exchange> exchanges = exchanges();
        assertThat(exchanges).hasSizeGreaterThan(15);
        try (TestServer server = TestServer.start()) {
            Client client = server.as("ACME-ADMIN");
            exchanges.forEach(exchange -> run(client, exchange));
        }
    }

    private static List<Exchange> exchanges() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        int status = 0;
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = line.equals("```transcript");
            } else if (inside && line.startsWith("> ")) {
                sent.add(line.substring(2));
            } else if (inside && line.matches("< [0-9]{3}")) {
                status = Integer.parseInt(line.substring(2));
            } else if (inside) {
                String body = String.join("\n", sent.subList(1, sent.size()));
                exchanges.add(new Exchange(sent.get(0), body, status, line.substring(2)));
                sent.clear();
            }
        }
        return exchanges;
    }

    private void run(Client client, Exchange exchange) {
        String[] target = filled(exchange.target).split(" ");
        HttpRequest.Builder request = client.request(target[1])
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(
                        target[0],
                        exchange.body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(filled(exchange.body)));
        Answer answer = client.send(request);
        assertThat(answer.status()).as("%s: %s", exchange, answer.text()).isEqualTo(exchange.status);
        compare(json.readTree(exchange.answer), answer.json(), exchange + ": " + answer.text());
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("$" + value.getKey(), value.getValue());
        }
        return filled;
    }

    private void compare(JsonNode expected, JsonNode actual, String what) {
        if (expected.isObject()) {
            expected.properties().forEach(member -> {
                assertThat(actual.has(member.getKey()))
                        .as("%s in %s", member.getKey(), what)
                        .isTrue();
                compare(member.getValue(), actual.path(member.getKey()), what);
            });
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(what).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.path(i), actual.path(i), what);
            }
        } else if (expected.isString() && expected.asString().startsWith("$")) {
            values.put(expected.asString().substring(1), actual.asString());
        } else if (!expected.isString() || !expected.asString().equals("…")) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
