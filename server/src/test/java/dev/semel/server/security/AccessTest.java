package dev.semel.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.Answer;
import dev.semel.server.Client;
import dev.semel.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private final TestServer server = TestServer.shared();
    private final Client nobody = server.as("");

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/customers", "/api/tokens", "/actuator/prometheus", "/actuator/env", "/no/such/route", "/"})
    void withoutCredentialEverythingIs401(String path) {
        Answer refused = nobody.get(path);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertProblem(refused, "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer unknown",
                "Bearer a b",
                "Basic YTpi",
                "ACME-ADMIN",
                "Bearer ACME-ADMIN,x"
            })
    void whatIsNoValidTokenIs401(String header) {
        Answer refused = nobody.send(nobody.request("/api/customers").header("Authorization", header));
        assertThat(refused.status()).isEqualTo(401);
        assertProblem(refused, "UNAUTHENTICATED");
    }

    @Test
    void schemeIsCaseInsensitive() {
        assertThat(nobody.send(nobody.request("/api/customers").header("Authorization", "bearer ACME-ADMIN"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/v3/api-docs", "/swagger-ui/index.html"})
    void openRoutesNeedNoCredentialAndIgnoreAWrongOne(String path) {
        assertThat(nobody.get(path).status()).isEqualTo(200);
        assertThat(server.as("wrong").get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "ACME-ADMIN,      200, 201, 200, 200, 200",
        "ACME-ACCOUNTANT, 200, 201, 403, 403, 403",
        "ACME-READER,     200, 403, 403, 403, 403",
        "ACME-OPERATOR,   403, 403, 403, 200, 200",
        "ACME-WRITER,     403, 403, 403, 403, 403"
    })
    void rolesOpenTheirRoutesOnly(String token, int read, int write, int tokens, int metrics, int operations) {
        Client client = server.as(token);
        assertThat(client.get("/api/customers").status()).as("reads books").isEqualTo(read);
        assertThat(client.post("/api/customers", "{\"name\":\"Ada\"}").status())
                .as("writes books")
                .isEqualTo(write);
        assertThat(client.get("/api/tokens").status()).as("lists tokens").isEqualTo(tokens);
        assertThat(client.get("/actuator/prometheus").status()).as("metrics").isEqualTo(metrics);
        assertThat(client.get("/api/outbox").status()).as("operations").isEqualTo(operations);
    }

    @Test
    void forbiddenIsAProblem() {
        Answer refused = server.as("ACME-READER").post("/api/customers", "{\"name\":\"Ada\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertProblem(refused, "FORBIDDEN");
    }

    @Test
    void roleIsAskedForBeforeAReplay() {
        Client accountant = server.as("ACME-ACCOUNTANT");
        assertThat(accountant
                        .post("/api/customers", "{\"name\":\"Bo\"}", "shared-key")
                        .status())
                .isEqualTo(201);
        assertThat(server.as("ACME-READER")
                        .post("/api/customers", "{\"name\":\"Bo\"}", "shared-key")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void unknownRouteIs404ForWhoeverIsSomebody() {
        Answer missing = server.as("ACME-READER").get("/no/such/route");
        assertThat(missing.status()).isEqualTo(404);
        assertProblem(missing, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "FOO", "PUT"})
    void wrongMethodIs405(String method) {
        Client alice = server.as("ACME-ADMIN");
        Answer refused = alice.send(alice.request("/api/customers").method(method, BodyPublishers.ofString("{}")));
        assertThat(refused.status()).isEqualTo(405);
        assertProblem(refused, "METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/customers;x=1", "/api//customers", "/api/%2e%2e/x", "/api/%00", "/api/customers%2f1"})
    void strangePathIsRefusedWithAProblem(String path) {
        Answer refused = server.as("ACME-ADMIN").get(path);
        assertThat(refused.status()).isIn(400, 404);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    /** An emoji's bytes, read as ISO 8859-1, are control characters; the firewall would have ended in a 500. */
    @Test
    void strangeHeaderIsTheGatesToRefuse() throws IOException {
        byte[] request = """
                POST /api/customers HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Authorization: Bearer ACME-ADMIN\r
                Idempotency-Key: \uD83D\uDE00\r
                Content-Type: application/json\r
                Content-Length: 2\r
                \r
                {}""".getBytes(StandardCharsets.UTF_8);
        assertThat(raw(request)).startsWith("HTTP/1.1 400").contains("IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void whatIsNoHttpIsAnsweredWithAProblemToo() throws IOException {
        assertThat(raw("GET /a|b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "VALIDATION_FAILED")
                .doesNotContainIgnoringCase("tomcat", "<html");
    }

    private String raw(byte[] request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(Answer answer, String code) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().propertyNames())
                .contains("type", "title", "status", "code", "detail", "requestId", "retryable");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("Server")).isEmpty();
    }
}
