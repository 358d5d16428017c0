package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Requests as no decent client sends them, and applications that do around a gate what they do elsewhere. */
@ExtendWith(PostgresExtension.class)
class HostileRequestTest {
    private static final String TEA = "{\"name\":\"tea\"}";

    private final TestDatabase database;
    private final TicketShop shop;
    private final Http http;

    HostileRequestTest(TestDatabase database) {
        this.database = database;
        this.shop = TicketShop.start(
                database,
                Hostile.class,
                "logging.level.root=OFF",
                "server.compression.enabled=true",
                "server.compression.min-response-size=1");
        this.http = new Http(shop.url());
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Configuration(proxyBeanMethods = false)
    @Import({TicketShop.Tickets.class, Later.class})
    static class Hostile {
        /** Fails where the request says. */
        @Bean
        static Filter breaking() {
            return (request, response, chain) -> {
                String where = ((HttpServletRequest) request).getHeader("X-Break");
                if ("before".equals(where)) {
                    throw new IllegalStateException("SECRET of a filter");
                }
                if ("refused".equals(where)) {
                    ((HttpServletResponse) response).sendError(403, "SECRET of a filter");
                    return;
                }
                chain.doFilter(request, response);
                if ("after".equals(where)) {
                    throw new IllegalStateException("SECRET of a filter");
                }
            };
        }

        /** Around the one that fails: it holds the answer back until the end. */
        @Bean
        static FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
            FilterRegistrationBean<ShallowEtagHeaderFilter> registration =
                    new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
            registration.setOrder(0);
            return registration;
        }
    }

    @RestController
    static class Later {
        @PostMapping("/later")
        @Ungated("changes nothing")
        Callable<String> later() {
            return () -> {
                throw new IllegalStateException("SECRET of a task");
            };
        }

        @GetMapping("/never")
        DeferredResult<String> never() {
            return new DeferredResult<>(50L);
        }
    }

    private long tickets() {
        return database.number("SELECT count(*) FROM shop.tickets");
    }

    /** One request, sign by sign; the whole answer. */
    private String answer(String request) throws IOException {
        URI address = URI.create(shop.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String post(String headers, String body) {
        return "POST /tickets HTTP/1.1\nHost: x\nConnection: close\nX-Tenant: acme\nContent-Type: application/json\n"
                + headers + "\n" + body;
    }

    private static void assertRefused(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"code\":\"" + code + "\"")
                .doesNotContain("SECRET", "Exception", "Tomcat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Idempotency-Key: a\nIdempotency-Key: a\n",
                "Idempotency-Key: a\nidempotency-key: b\n",
                "Idempotency-Key: a, b\n",
                "Idempotency-Key: \n",
                "Idempotency-Key: \"\"\n",
                "Idempotency-Key: \"a\n",
                "Idempotency-Key: sch\u00f6n\n",
                "Idempotency-Key: \u00e2\u0082\u00ac\n",
                "Idempotency-Key: a\tb\n"
            })
    void keyThatIsNoneIsRefused(String key) throws IOException {
        assertRefused(answer(post(key + "Content-Length: 14\n", TEA)), 400, "IDEMPOTENCY_KEY_INVALID");
        assertThat(tickets()).isZero();
    }

    @Test
    void keyHas255SignsAtMost() throws IOException {
        String longest = "Idempotency-Key: " + "k".repeat(255);

        assertRefused(answer(post(longest + "k\nContent-Length: 14\n", TEA)), 400, "IDEMPOTENCY_KEY_INVALID");
        assertThat(answer(post(longest + "\nContent-Length: 14\n", TEA))).startsWith("HTTP/1.1 201");
    }

    @Test
    void bodyInChunksIsTheSameBody() throws IOException {
        String chunked = "Idempotency-Key: chunks\nTransfer-Encoding: chunked\n";
        String first = answer(post(chunked, "7\n{\"name\"\n7\n:\"tea\"}\n0\n\n"));
        String again = answer(post("Idempotency-Key: chunks\nContent-Length: 14\n", TEA));

        assertThat(first).startsWith("HTTP/1.1 201");
        assertThat(again).startsWith("HTTP/1.1 200").contains("Idempotency-Replayed: true");
        assertThat(tickets()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\n|7\n{\"name\"\n",
                "Transfer-Encoding: chunked\n|zz\n{\"name\":\"tea\"}\n0\n\n",
                "Transfer-Encoding: chunked\n|-1\n{\"name\":\"tea\"}\n0\n\n",
                "Content-Length: 15\n|{\"name\":\"tea\"}",
                "Content-Length: -1\n|{\"name\":\"tea\"}",
                "Content-Length: 14\nContent-Length: 15\n|{\"name\":\"tea\"}",
                "Transfer-Encoding: gzip\n|{\"name\":\"tea\"}"
            })
    void bodyThatDoesNotArriveWholeWritesNothing(String framed) throws IOException {
        String[] parts = framed.split("\\|");

        String answer = answer(post("Idempotency-Key: torn\n" + parts[0], parts[1]));

        assertThat(answer).matches("(?s)(HTTP/1\\.1 (400|501|413).*)?").doesNotContain("Exception", "Tomcat");
        assertThat(tickets()).isZero();
    }

    @Test
    void bodyInEndlessChunksIsCutOff() throws IOException {
        String chunk = "10000\n" + " ".repeat(0x10000) + "\n";

        assertRefused(
                answer(post("Idempotency-Key: endless\nTransfer-Encoding: chunked\n", chunk.repeat(17) + "0\n\n")),
                413,
                "PAYLOAD_TOO_LARGE");
        assertThat(tickets()).isZero();
    }

    @Test
    void hugeHeaderIsRefusedWithoutAWordOfTheInside() throws IOException {
        String answer = answer(post("Idempotency-Key: k\nX-Huge: " + "h".repeat(70_000) + "\n", TEA));

        assertThat(answer).matches("(?s)(HTTP/1\\.1 4\\d\\d.*)?").doesNotContain("Exception", "Tomcat");
        assertThat(tickets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "GET /tickets/x", "TRACE", "PATCH", "BREW"})
    void otherMethodsWriteNothing(String method) throws IOException {
        String target = method.contains(" ") ? method : method + " /tickets/8b1e3a70-0000-4000-8000-000000000000";

        String answer = answer(target + " HTTP/1.1\nHost: x\nConnection: close\nX-Tenant: acme\n"
                + "X-HTTP-Method-Override: POST\nIdempotency-Key: k\nContent-Length: 0\n\n");

        assertThat(answer).startsWith("HTTP/1.1 40").doesNotContain("Exception", "Tomcat");
        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys"))
                .isZero();
    }

    @Test
    void optionsSaysWhatThereIsAndWritesNothing() {
        HttpResponse<String> answer = http.send("OPTIONS", "/tickets", null, keyed("k"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
        assertThat(tickets()).isZero();
    }

    @Test
    void replayIsTheSameWhateverTheClientAcceptsByThen() throws IOException {
        HttpResponse<String> first = http.send("POST", "/tickets", TEA, keyed("k"));
        HttpResponse<String> other = http.send(
                "POST", "/tickets", TEA, request -> keyed("k").apply(request).header("Accept", "application/xml"));
        HttpResponse<String> again = http.send(
                "POST",
                "/tickets",
                TEA,
                request -> keyed("k")
                        .apply(request)
                        .header("Accept", "text/html, */*;q=0.1")
                        .header("If-None-Match", "*")
                        .header("Range", "bytes=0-3"));

        assertThat(other.statusCode()).isEqualTo(406);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void compressedReplayHoldsTheSameBytes() throws Exception {
        String first = http.send("POST", "/tickets", TEA, keyed("k")).body();

        HttpRequest packed = keyed("k")
                .apply(HttpRequest.newBuilder(URI.create(shop.url() + "/tickets")))
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(TEA))
                .build();
        HttpResponse<byte[]> again = HttpClient.newHttpClient().send(packed, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(again.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(again.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(first);
        }
    }

    @Test
    void filterThatFailsBeforeTheGateIsAProblemAndTheKeyStaysFree() {
        HttpResponse<String> broken = http.send(
                "POST", "/tickets", TEA, request -> keyed("k").apply(request).header("X-Break", "before"));
        HttpResponse<String> refused = http.send(
                "POST", "/tickets", TEA, request -> keyed("k").apply(request).header("X-Break", "refused"));

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("SECRET");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"FORBIDDEN\"").doesNotContain("SECRET");
        assertThat(http.send("POST", "/tickets", TEA, keyed("k")).statusCode()).isEqualTo(201);
    }

    @Test
    void filterThatFailsBehindACommittedWriteCostsItsAnswerAndNotTheWrite() {
        HttpResponse<String> broken = http.send(
                "POST", "/tickets", TEA, request -> keyed("k").apply(request).header("X-Break", "after"));
        HttpResponse<String> retry = http.send("POST", "/tickets", TEA, keyed("k"));

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("SECRET", "tea");
        assertThat(broken.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void answersThatComeLaterAreProblemsToo() {
        HttpResponse<String> failed = http.send("POST", "/later", null, request -> request);
        HttpResponse<String> late = http.send("GET", "/never", null, request -> request);

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("SECRET");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("\"code\":\"UNAVAILABLE\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void errorRouteIsNoRoute(String method) {
        HttpResponse<String> answer = http.send(method, "/error", null, keyed("k"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"");
    }

    @Test
    void errorRouteIsWhereTheApplicationPutsIt() {
        try (TicketShop moved =
                TicketShop.start(database, Hostile.class, "logging.level.root=OFF", "spring.web.error.path=/oops")) {
            HttpResponse<String> broken = new Http(moved.url())
                    .send(
                            "POST",
                            "/tickets",
                            TEA,
                            request -> keyed("k").apply(request).header("X-Break", "before"));

            assertThat(broken.statusCode()).isEqualTo(500);
            assertThat(broken.body()).contains("\"code\":\"INTERNAL\"");
        }
    }

    @Test
    void tagOfAReadIsNoBusinessOfAWrites() {
        HttpResponse<String> read = http.send("GET", "/tickets", null, request -> request);
        String tag = read.headers().firstValue("ETag").orElseThrow();

        assertThat(http.send("GET", "/tickets", null, request -> request.header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> written = http.send(
                "POST", "/tickets", TEA, request -> keyed("k").apply(request).header("If-None-Match", tag));
        assertThat(written.statusCode()).isEqualTo(201);
    }
}
