package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile client sends is answered with a problem, and never with 500. */
class HostileRequestsTest {
    private final TestServer server = TestServer.shared();
    private final Client alice = server.as("ACME-ADMIN");

    /** Past the client's own checks: the request line goes out as it is. */
    private String raw(String target) throws Exception {
        URI base = URI.create(server.server().url());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ACME-ADMIN\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/customers?limit=%zz",
                "/api/customers?x=%",
                "/api/customers?cursor=%ff",
                "/api/tokens?=",
                "/actuator/health?x=%zz",
            })
    void malformedQueriesAreBadRequests(String target) throws Exception {
        String answer = raw(target);

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("VALIDATION_FAILED")
                .doesNotContain("Exception");
    }

    @Test
    void tooManyParametersAreABadRequest() throws Exception {
        assertThat(raw("/api/customers?" + "a&".repeat(1_100))).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../../etc/passwd",
                "/api/customers/%2e%2e%2fx",
                "/api/customers/%00",
                "//api//customers",
                "/api/customers/a;b=c"
            })
    void climbingPathsLeadNowhere(String target) throws Exception {
        assertThat(raw(target)).matches("(?s)HTTP/1.1 40[04].*").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "text/csv",
                "application/x-www-form-urlencoded"
            })
    void otherBodiesAreUnsupported(String type) {
        Answer answer = alice.send(alice.request("/api/customers")
                .header("Content-Type", type)
                .header("Idempotency-Key", "hostile")
                .POST(BodyPublishers.ofString("x")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void encodedBodiesAreUnsupported() {
        Answer answer = alice.send(alice.request("/api/customers")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Idempotency-Key", "hostile")
                .POST(BodyPublishers.ofString("{\"name\":\"x\"}")));

        assertThat(answer.status()).isEqualTo(415);
    }
}
