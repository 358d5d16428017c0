package dev.semel.spring;

import static dev.semel.spring.Http.keyed;
import static dev.semel.spring.Http.unkeyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate over HTTP: keys, statuses, replays, and what is refused. */
@ExtendWith(PostgresExtension.class)
class GateTest {
    private static final String TEA = "{\"name\":\"tea\"}";

    private final TestDatabase database;
    private final TicketShop shop;
    private final Http http;

    GateTest(TestDatabase database) {
        this.database = database;
        this.shop = TicketShop.start(database);
        this.http = new Http(shop.url());
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private long tickets() {
        return database.number("SELECT count(*) FROM shop.tickets");
    }

    private HttpResponse<String> create(String key, String body) {
        return http.send("POST", "/tickets", body, keyed(key));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status, "\"title\":", "\"type\":", "\"detail\":")
                .contains("\"retryable\":", "\"requestId\":\"" + requestId(answer) + "\"")
                .doesNotContain("Exception", "\\tat ");
    }

    private static String requestId(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static String replayed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Idempotency-Replayed").orElse("absent");
    }

    @Test
    void firstPostIs201AndItsReplay200WithTheSameBytes() {
        HttpResponse<String> first = create("k", TEA);
        HttpResponse<String> second = create("\"k\"", "{ \"name\" : \"tea\" }");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(replayed(first)).isEqualTo("false");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(replayed(second)).isEqualTo("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void putAndDeleteAreGatedAsWell() {
        String id = create("k", TEA).body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");

        assertThat(http.send("PUT", "/tickets/" + id, "{\"name\":\"mate\"}", keyed("put"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(http.send("PUT", "/tickets/" + id, "{\"name\":\"mate\"}", keyed("put"))
                        .statusCode())
                .isEqualTo(200);
        for (String expected : new String[] {"false", "true"}) {
            HttpResponse<String> deleted = http.send("DELETE", "/tickets/" + id, null, keyed("delete"));
            assertThat(deleted.statusCode()).isEqualTo(204);
            assertThat(deleted.body()).isEmpty();
            assertThat(replayed(deleted)).isEqualTo(expected);
        }
        assertThat(tickets()).isZero();
    }

    @Test
    void pathIsPartOfThePayload() {
        create("a", TEA);
        String path = "/tickets/" + UUID.randomUUID();
        assertProblem(http.send("PUT", path, TEA, keyed("one")), 404, "NOT_FOUND");

        String id = create("b", TEA).body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(http.send("PUT", "/tickets/" + id, TEA, keyed("two")).statusCode())
                .isEqualTo(201);
        assertProblem(http.send("PUT", path, TEA, keyed("two")), 409, "IDEMPOTENCY_KEY_REUSED");
        assertProblem(http.send("PUT", "/tickets/" + id + "?x=1", TEA, keyed("two")), 409, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void otherPayloadUnderTheKeyIsRefused() {
        create("k", TEA);

        assertProblem(create("k", "{\"name\":\"mate\"}"), 409, "IDEMPOTENCY_KEY_REUSED");
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void settingMakesReuse422() {
        try (TicketShop other = TicketShop.start(database, "semel.http.key-reused-status=422")) {
            Http client = new Http(other.url());
            client.send("POST", "/tickets", TEA, keyed("k"));

            assertProblem(
                    client.send("POST", "/tickets", "{\"name\":\"mate\"}", keyed("k")), 422, "IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void keyIsRequired() {
        assertProblem(http.send("POST", "/tickets", TEA, unkeyed()), 400, "IDEMPOTENCY_KEY_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\"open"})
    void malformedKeyIsRefused(String key) {
        assertProblem(create(key, TEA), 400, "IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void tooLongOrRepeatedKeyIsRefused() {
        assertProblem(create("k".repeat(256), TEA), 400, "IDEMPOTENCY_KEY_INVALID");
        assertProblem(
                http.send("POST", "/tickets", TEA, b -> keyed("a").apply(b).header("Idempotency-Key", "b")),
                400,
                "IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void derivedKeyNeedsNoHeader() {
        assertThat(http.send("POST", "/tickets/derived/x", TEA, unkeyed()).statusCode())
                .isEqualTo(201);
        assertThat(http.send("POST", "/tickets/derived/x", TEA, unkeyed()).statusCode())
                .isEqualTo(200);
        assertThat(http.send("POST", "/tickets/derived/y", TEA, unkeyed()).statusCode())
                .isEqualTo(201);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void callerComesBeforeEverythingElse() {
        create("k", TEA);

        HttpResponse<String> answer = http.send("POST", "/tickets", "{", b -> b.header("Idempotency-Key", "k"));

        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | 400 | MALFORMED_JSON",
                "[] | 400 | VALIDATION_FAILED",
                "null | 400 | VALIDATION_FAILED",
                "{\"name\":\"a\",\"name\":\"b\"} | 400 | MALFORMED_JSON",
                "{\"name\":\"\\u0000\"} | 400 | MALFORMED_JSON",
                "{\"name\":\"\\ud800\"} | 400 | MALFORMED_JSON",
                "{\"name\":1e100000000} | 400 | MALFORMED_JSON",
                "{\"name\":100e2147483647} | 400 | MALFORMED_JSON",
                "{\"name\":100e-2147483647} | 400 | MALFORMED_JSON",
                "{\"name\":7} | 400 | VALIDATION_FAILED",
                "{\"name\":\"a\",\"more\":1} | 400 | VALIDATION_FAILED",
                "{} | 400 | VALIDATION_FAILED",
                "{\"name\":\"sold out\"} | 422 | SOLD_OUT",
                "{\"name\":\"broken\"} | 500 | INTERNAL",
            })
    void badBodiesHaveTheirCodesAndWriteNothing(String body, int status, String code) {
        HttpResponse<String> answer = create("k", body);

        assertProblem(answer, status, code);
        assertThat(answer.body()).doesNotContain("SECRET");
        assertThat(tickets()).isZero();
        assertThat(create("k", TEA).statusCode()).as("the key stayed free").isEqualTo(201);
    }

    @Test
    void depthOfAThousandAndAHugeBodyAreRefused() {
        assertProblem(create("k", "[".repeat(1_000) + "]".repeat(1_000)), 400, "MALFORMED_JSON");
        assertProblem(create("k", "{\"name\":\"" + "a".repeat(1 << 20) + "\"}"), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void allViolationsAreNamedWithTheirPlaces() {
        HttpResponse<String> answer = create("k", "{\"name\":\"\",\"seats\":[{\"row\":\"a\"},{\"row\":\"\"}]}");

        assertProblem(answer, 400, "VALIDATION_FAILED");
        assertThat(answer.body()).contains("\"pointer\":\"/name\"", "\"pointer\":\"/seats/1/row\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "nonsense",
                "application/json;charset=ISO-8859-1"
            })
    void otherContentTypesAreRefused(String type) {
        HttpResponse<String> answer = http.send(
                "POST",
                "/tickets",
                TEA,
                b -> b.header("X-Tenant", "acme").header("Idempotency-Key", "k").header("Content-Type", type));

        assertProblem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void otherAcceptIsRefusedBeforeAnythingIsWritten() {
        assertProblem(
                http.send("POST", "/tickets", TEA, b -> keyed("k").apply(b).header("Accept", "text/html")),
                406,
                "NOT_ACCEPTABLE");
        assertThat(tickets()).isZero();
    }

    @Test
    void unknownRouteMethodAndBadPathVariable() {
        assertProblem(http.send("GET", "/nowhere", null, unkeyed()), 404, "NOT_FOUND");
        HttpResponse<String> wrongMethod = http.send("PUT", "/tickets", TEA, keyed("k"));
        assertProblem(wrongMethod, 405, "METHOD_NOT_ALLOWED");
        assertThat(wrongMethod.headers().firstValue("Allow")).isPresent();
        assertProblem(http.send("PUT", "/tickets/no-uuid", TEA, keyed("k")), 400, "VALIDATION_FAILED");
    }

    @Test
    void rememberedRejectionIsMarkedAsReplayed() {
        String path = "/tickets/" + UUID.randomUUID();

        HttpResponse<String> first = http.send("DELETE", path, null, keyed("gone"));
        HttpResponse<String> second = http.send("DELETE", path, null, keyed("gone"));

        assertProblem(first, 409, "ALREADY_GONE");
        assertProblem(second, 409, "ALREADY_GONE");
        assertThat(replayed(second)).isEqualTo("true");
    }

    @Test
    void saneRequestIdIsTakenAndAnInsaneOneReplaced() {
        assertThat(requestId(http.send("GET", "/tickets", null, b -> b.header("X-Request-Id", "my-id.1"))))
                .isEqualTo("my-id.1");
        assertThat(requestId(http.send("GET", "/tickets", null, b -> b.header("X-Request-Id", "a b"))))
                .isNotEqualTo("a b");
        create("k", TEA);
        assertThat(database.number("SELECT count(*) FROM semel.idempotent_write_audit_log WHERE request_id <> ''"))
                .isEqualTo(1);
    }

    @Test
    void writesAreMeasuredByOperationAndRisk() {
        create("k", TEA);
        create("k", TEA);
        create("k", "{\"name\":\"mate\"}");

        assertThat(shop.meters()
                        .get("idempotent.writes")
                        .tags("operation", "createTicket", "risk", "HIGH_RISK")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(shop.meters().get("idempotent.writes.replayed").counter().count())
                .isEqualTo(1);
        assertThat(shop.meters()
                        .get("idempotent.writes.failed")
                        .tag("code", "IDEMPOTENCY_KEY_REUSED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(shop.meters().get("idempotent.write.duration.ms").summary().count())
                .isEqualTo(3);
    }

    @Test
    void queryIsPartOfThePayloadWhateverItsSpelling() {
        assertThat(http.send("POST", "/tickets?f=a%62", TEA, keyed("q")).statusCode())
                .isEqualTo(201);
        assertThat(http.send("POST", "/tickets?f=ab", TEA, keyed("q")).statusCode())
                .isEqualTo(200);
        assertThat(http.send("POST", "/tickets?f", TEA, keyed("n")).statusCode())
                .isEqualTo(201);
        for (String other : new String[] {"?f=null", "?f=", "?f=-", "", "?f&f", "?g"}) {
            assertProblem(http.send("POST", "/tickets" + other, TEA, keyed("n")), 409, "IDEMPOTENCY_KEY_REUSED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?f=%00", "?f=%ff", "?f=%c3"})
    void unsoundQueryIsRefused(String query) {
        assertProblem(http.send("POST", "/tickets" + query, TEA, keyed("q")), 400, "VALIDATION_FAILED");
    }

    @Test
    void keysOfNestedWritesCannotBeSent() {
        assertProblem(create("semel-child:00", TEA), 400, "IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void everyAcceptLineCounts() {
        assertThat(http.send(
                                "POST",
                                "/tickets",
                                TEA,
                                b -> keyed("a")
                                        .apply(b)
                                        .header("Accept", "text/html")
                                        .header("Accept", "application/json"))
                        .statusCode())
                .isEqualTo(201);
        assertProblem(
                http.send("POST", "/tickets", TEA, b -> keyed("b").apply(b).header("Accept", "application/json;q=0")),
                406,
                "NOT_ACCEPTABLE");
    }

    @Test
    void payloadDoesNotTakeThePlaceOfOtherParameters() {
        assertThat(http.send("POST", "/tickets/text/seven", "\"body\"", keyed("t"))
                        .body())
                .contains("seven and body");
    }

    @Test
    void badBodiesOfUngatedRoutesAreProblemsToo() {
        assertProblem(http.send("POST", "/echo", "{", unkeyed()), 400, "MALFORMED_JSON");
        assertProblem(http.send("POST", "/echo", "[]", unkeyed()), 400, "MALFORMED_JSON");
    }

    @Test
    void duplicatesWaitNoLongerThanTheirOperationAllowsAllInAll() {
        long start = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 12)
                .mapToObj(i -> http.sendAsync("POST", "/tickets/impatient", TEA, keyed("impatient")))
                .toList();

        assertThat(answers)
                .extracting(answer -> answer.join().statusCode())
                .contains(500, 409)
                .containsOnly(500, 409);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3_500));
    }

    @Test
    void duplicateOfAnOperationThatDoesNotWaitIsToldAtOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> first = http.sendAsync("POST", "/tickets/hasty", TEA, keyed("hasty"));
        assertThat(shop.tickets().entered.await(10, TimeUnit.SECONDS)).isTrue();

        HttpResponse<String> second = http.send("POST", "/tickets/hasty", TEA, keyed("hasty"));

        assertProblem(second, 409, "REQUEST_IN_PROGRESS");
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        shop.tickets().release.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }
}
