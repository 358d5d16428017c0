package dev.semel.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document holds what the HTTP contract promises. The promises are read from a file that is made of the contract. */
class HttpContractTest {
    private final JsonNode paths =
            TestServer.shared().as("").get("/v3/api-docs").json().path("paths");

    private static List<List<String>> promises(String kind) throws IOException {
        try (InputStream file = HttpContractTest.class.getResourceAsStream("http-contract.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> List.of(line.split(" ")))
                    .toList();
        }
    }

    private JsonNode route(String method, String path) {
        List<JsonNode> found = paths.propertyStream()
                .filter(one -> unnamed(one.getKey()).equals(unnamed(path)))
                .map(one -> one.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(route -> !route.isMissingNode())
                .toList();
        assertThat(found).as(method + " " + path).hasSize(1);
        return found.get(0);
    }

    /** What a variable is called is nobody's business. */
    private static String unnamed(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private static void assertCode(JsonNode route, String status, String code, String of) {
        JsonNode example = route.path("responses")
                .path(status)
                .path("content")
                .path("application/problem+json")
                .path("examples")
                .path(code)
                .path("value");
        assertThat(example.path("code").asString("")).as(of + " " + status).isEqualTo(code);
        assertThat(example.path("status").asInt()).as(of + " " + code).isEqualTo(Integer.parseInt(status));
    }

    @Test
    void eachReadIsThere() throws IOException {
        assertThat(promises("read")).hasSizeGreaterThan(30).allSatisfy(read -> {
            JsonNode route = route(read.get(1), read.get(2));
            assertThat(route.has("x-semel")).as(read.toString()).isFalse();
            assertThat(route.path("responses").has("200")).as(read.toString()).isTrue();
        });
    }

    @Test
    void eachWriteIsThereUnderItsOperationWithItsTermsAndAnswers() throws IOException {
        assertThat(promises("write")).hasSizeGreaterThan(20).allSatisfy(write -> {
            JsonNode route = route(write.get(1), write.get(2));
            JsonNode terms = route.path("x-semel");
            assertThat(terms.path("replayHeader").asString("")).isEqualTo("Idempotency-Replayed");
            assertThat(terms.path("keyLifetime").asString("")).startsWith("PT");
            if (!write.get(3).equals("-")) {
                assertThat(terms.path("operation").asString("")).isEqualTo(write.get(3));
            }
            if (!write.get(4).equals("-")) {
                assertThat(terms.path("risk").asString("")).as(write.toString()).isEqualTo(write.get(4));
            }
            assertThat(route.path("responses").propertyNames())
                    .as(write.toString())
                    .contains(write.get(1).equals("DELETE") ? new String[] {"204"} : new String[] {"200", "201"});
        });
    }

    @Test
    void eachCodeIsDocumentedUnderItsStatus() throws IOException {
        assertThat(promises("code")).hasSizeGreaterThan(20).allSatisfy(code -> {
            if (!code.get(1).equals("*")) {
                assertCode(route(code.get(1), code.get(2)), code.get(3), code.get(4), code.toString());
            }
        });
    }

    @Test
    void eachWriteDocumentsTheCodesOfAllWrites() throws IOException {
        for (List<String> write : promises("write")) {
            JsonNode route = route(write.get(1), write.get(2));
            for (List<String> code : promises("code")) {
                if (code.get(1).equals("*")) {
                    assertCode(route, code.get(3), code.get(4), write.toString());
                }
            }
            if (route.path("x-semel").path("keyRequired").asBoolean()) {
                assertCode(route, "400", "IDEMPOTENCY_KEY_REQUIRED", write.toString());
            }
        }
    }
}
