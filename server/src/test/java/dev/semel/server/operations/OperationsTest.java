package dev.semel.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.Answer;
import dev.semel.server.Client;
import dev.semel.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OperationsTest {
    private static final String CUSTOMER = "{\"name\":\"MARKED-NAME\"}";

    private final TestServer server = TestServer.shared();
    private final Client admin = server.as("ACME-ADMIN");
    private final Client otto = server.as("ACME-OPERATOR");
    private final Client globex = server.as("GLOBEX-ADMIN");

    @Test
    void auditLogIsFilteredByWhateverAnOperatorKnows() {
        String request = "req-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        assertThat(createCustomer(request, key).status()).isEqualTo(201);

        JsonNode row = onlyItem(otto.get("/api/writes?requestId=" + request));
        assertThat(row.path("operation").asString()).isEqualTo("createCustomer");
        assertThat(row.path("status").asString()).isEqualTo("EXECUTED");
        assertThat(row.path("user").asString()).isEqualTo("alice");
        assertThat(row.path("key").asString()).isEqualTo(key);
        assertThat(row.path("startedAt").asString())
                .isLessThanOrEqualTo(row.path("at").asString());
        assertThat(onlyItem(otto.get("/api/writes?key=" + key))).isEqualTo(row);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(onlyItem(otto.get("/api/writes?key=" + key + "&operation=createCustomer&status=executed&from="
                        + today + "&to=2199-01-01T00:00:00%2B02:00")))
                .isEqualTo(row);
        assertThat(items(otto.get("/api/writes?key=" + key + "&operation=createPayment")))
                .isEmpty();
        assertThat(items(otto.get("/api/writes?key=" + key + "&status=FAILED"))).isEmpty();
        assertThat(items(otto.get("/api/writes?key=" + key + "&to=2001-01-01"))).isEmpty();
        assertThat(items(otto.get("/api/writes?key=" + key + "&from=2199-01-01")))
                .isEmpty();
    }

    @Test
    void auditLogIsPagedWithoutGapsTheLatestFirst() {
        String request = "req-" + UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            createCustomer(request, request + "-" + i);
        }
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = otto.get("/api/writes?limit=2&requestId=" + request + cursor)
                    .json();
            page.path("items").forEach(item -> keys.add(item.path("key").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(keys)
                .containsExactly(request + "-4", request + "-3", request + "-2", request + "-1", request + "-0");
    }

    @Test
    void traceTellsWhatOneRequestDidAndWhoExecutedItsKey() {
        String first = "req-" + UUID.randomUUID();
        String retry = "req-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        createCustomer(first, key);
        assertThat(createCustomer(retry, key).status()).isEqualTo(200);

        await(() -> trace(first).path("delivery").asString().equals("DELIVERED"));
        Answer traced = otto.get("/api/writes/" + first + "/trace");
        assertThat(traced.text()).doesNotContain("MARKED-NAME");
        assertThat(traced.json().path("writes").values())
                .extracting(row -> row.path("status").asString())
                .containsExactly("EXECUTED");
        assertThat(traced.json().path("deliveries").values()).isEmpty();
        assertThat(traced.json().at("/keys/0/state").asString()).isEqualTo("KEPT");

        await(() -> otto.get("/api/writes/" + retry + "/trace").status() == 200);
        JsonNode replay = trace(retry);
        assertThat(replay.path("delivery").asString()).isEqualTo("NOTHING_EMITTED");
        assertThat(replay.at("/writes/0/status").asString()).isEqualTo("REPLAYED");
        assertThat(replay.at("/keys/0/requestId").asString()).isEqualTo(first);
    }

    @Test
    void traceOfARequestIdThatIsSentAgainAndAgainStillKnowsWhatItExecuted() {
        String request = "req-" + UUID.randomUUID();
        createCustomer(request, UUID.randomUUID().toString());
        server.database().execute("""
                INSERT INTO semel.idempotent_write_audit_log (tenant_id, request_id, user_id, operation_type, risk, key,
                       payload_hash, fingerprint_version, resource_id, status, duration_micros)
                SELECT tenant_id, request_id, user_id, operation_type, risk, key, payload_hash, fingerprint_version,
                       resource_id, 'REPLAYED', 1
                  FROM semel.idempotent_write_audit_log, generate_series(1, 600) WHERE request_id = '%s'""".formatted(request));

        await(() -> trace(request).path("delivery").asString().equals("DELIVERED"));
        assertThat(trace(request).path("writes")).hasSize(500);
    }

    @Test
    void traceShowsWhatIsLeftOfEachDelivery() {
        String event = UUID.randomUUID().toString();
        server.database().execute(OutboxRows.parked("acme", event, "gone"));
        server.database().execute(OutboxRows.retrying("acme", event, "slow"));

        Answer traced = otto.get("/api/writes/req-" + event + "/trace");
        assertThat(traced.text()).doesNotContain("SECRET-PAYLOAD");
        assertThat(traced.json().path("delivery").asString()).isEqualTo("PARKED");
        assertThat(traced.json().path("deliveries").values())
                .extracting(one -> one.path("sink").asString() + " "
                        + one.path("state").asString() + " "
                        + one.path("attempts").asInt() + " "
                        + one.path("lastError").asString())
                .containsExactlyInAnyOrder("gone parked 3 http.500", "slow retrying 3 http.500");
        assertThat(globex.get("/api/writes/req-" + event + "/trace").status()).isEqualTo(404);
    }

    @Test
    void replayTakesOneDeliveryOrAllOfAnEventBackOnceForEachKey() {
        String event = UUID.randomUUID().toString();
        server.database().execute(OutboxRows.parked("acme", event, "gone"));
        server.database().execute(OutboxRows.parked("acme", event, "lost"));
        String key = UUID.randomUUID().toString();
        String path = "/api/outbox/" + event + ":gone/replay";

        Answer done = otto.post(path, "{}", key);
        assertThat(done.status()).as(done.text()).isEqualTo(201);
        assertThat(done.json().path("deliveries").asInt()).isEqualTo(1);
        assertThat(parked(event)).isEqualTo("lost");
        server.database()
                .execute(
                        "UPDATE semel.outbox_events SET parked_at = now(), parked_reason = 'exhausted' WHERE event_id = '"
                                + event + "'");
        Answer again = otto.post(path, "{}", key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(done.text());
        assertThat(parked(event)).as("a retry replays nothing").isEqualTo("gone,lost");

        assertThat(otto.post("/api/outbox/" + event + "/replay", "{}")
                        .json()
                        .path("deliveries")
                        .asInt())
                .isEqualTo(2);
        Answer idle = otto.post("/api/outbox/" + event + "/replay", "{}");
        assertThat(idle.status()).isEqualTo(409);
        assertThat(idle.code()).isEqualTo("EVENT_NOT_PARKED");
        JsonNode audited = onlyItem(otto.get("/api/writes?key=" + key + "&status=EXECUTED"));
        assertThat(audited.path("operation").asString()).isEqualTo("replayEvent");
        assertThat(audited.path("resourceId").asString()).isEqualTo(event + ":gone");
    }

    @Test
    void discardedDeliveryIsGoneAndItsDiscardAudited() {
        String event = UUID.randomUUID().toString();
        server.database().execute(OutboxRows.parked("acme", event, "gone"));
        server.database().execute(OutboxRows.retrying("acme", event, "slow"));
        assertThat(otto.delete("/api/outbox/" + event + ":slow").code()).isEqualTo("EVENT_NOT_PARKED");
        assertThat(globex.delete("/api/outbox/" + event + ":gone").status()).isEqualTo(404);
        assertThat(parked(event)).isEqualTo("gone");

        assertThat(otto.delete("/api/outbox/" + event + ":gone").status()).isEqualTo(204);
        assertThat(parked(event)).isEmpty();
        assertThat(otto.delete("/api/outbox/" + event + ":gone").status()).isEqualTo(404);
        assertThat(server.database()
                        .query(
                                "SELECT count(*) FROM semel.idempotent_write_audit_log WHERE tenant_id = 'acme' AND status ="
                                        + " 'EXECUTED' AND operation_type = 'discardEvent' AND resource_id = '" + event
                                        + ":gone'"))
                .isEqualTo("1");
    }

    @Test
    void allParkedOfASinkAreTakenBackAndNobodyElses() {
        String sink = "sink-" + UUID.randomUUID().toString().substring(0, 8);
        for (String tenant : List.of("acme", "acme", "globex")) {
            server.database()
                    .execute(OutboxRows.parked(tenant, UUID.randomUUID().toString(), sink));
        }
        Answer done = otto.post("/api/outbox/replay", "{\"sink\":\"" + sink + "\",\"type\":\"order.placed\"}");
        assertThat(done.json().path("deliveries").asInt()).as(done.text()).isEqualTo(2);
        assertThat(server.database()
                        .query(
                                "SELECT string_agg(tenant_id, ',') FROM semel.outbox_events WHERE parked_at IS NOT NULL AND"
                                        + " sink = '" + sink + "'"))
                .isEqualTo("globex");
        Answer refused = otto.post("/api/outbox/replay", "{\"sink\":\"A B\"}");
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/sink");
    }

    @Test
    void parkedAreListedInPagesWithTheIdThatMendsThem() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String event = UUID.randomUUID().toString();
            wanted.add(event + ":gone");
            server.database().execute(OutboxRows.parked("acme", event, "gone"));
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = otto.get("/api/outbox?state=parked&limit=2" + cursor);
            assertThat(page.text()).doesNotContain("SECRET-PAYLOAD");
            page.json().path("items").forEach(item -> {
                assertThat(item.path("state").asString()).isEqualTo("parked");
                assertThat(item.path("parkedReason").asString()).isEqualTo("exhausted");
                listed.add(item.path("id").asString());
            });
            cursor = page.json().path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.json().path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(listed).containsSubsequence(wanted).doesNotHaveDuplicates();
        assertThat(otto.get("/api/outbox?limit=500").text()).doesNotContain(wanted);
        assertThat(globex.get("/api/outbox?state=parked&limit=500").text()).doesNotContain(wanted);
        wanted.forEach(id ->
                assertThat(otto.delete("/api/outbox/" + id).status()).as(id).isEqualTo(204));
    }

    @Test
    void leasesTellWhoHoldsWhatByTheDatabasesClock() {
        server.database().execute("""
                INSERT INTO semel.leases (tenant_id, target, holder, fence, acquired_at, expires_at)
                VALUES ('acme', 'ops-a', gen_random_uuid(), 7, now(), now() + interval '1 hour'),
                       ('acme', 'ops-b', gen_random_uuid(), 2, now(), now() - interval '1 hour'),
                       ('acme', 'ops-c', gen_random_uuid(), 1, now(), '-infinity'),
                       ('globex', 'ops-d', gen_random_uuid(), 1, now(), '-infinity')""");
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = otto.get("/api/leases?limit=2" + cursor).json();
            page.path("items")
                    .forEach(item -> listed.add(item.path("target").asString() + " "
                            + item.path("state").asString() + " "
                            + item.path("fence").asInt() + " "
                            + item.path("expiresAt").isNull()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(listed)
                .filteredOn(line -> line.startsWith("ops-"))
                .containsExactly("ops-a HELD 7 false", "ops-b EXPIRED 2 false", "ops-c RELEASED 1 true");
    }

    @Test
    void registryNamesEachOperationWithItsRoutes() {
        List<JsonNode> operations = items(otto.get("/api/operations"));
        assertThat(operations)
                .filteredOn(one -> one.path("routes").isEmpty())
                .extracting(one -> one.path("name").asString())
                .containsExactly("collectBlobs", "expireChangeset");
        JsonNode payment = operations.stream()
                .filter(one -> one.path("name").asString().equals("createPayment"))
                .findFirst()
                .orElseThrow();
        assertThat(payment.path("risk").asString()).isEqualTo("FINANCIAL");
        assertThat(payment.path("keyRule").asString()).isEqualTo("client");
        assertThat(payment.path("retention").asString()).isEqualTo("PT48H");
        assertThat(payment.at("/routes/0").asString()).isEqualTo("POST /api/payments");
        assertThat(payment.path("workflow").asString()).isEqualTo("payment-received");
        assertThat(operations)
                .extracting(one -> one.path("name").asString())
                .contains("replayEvent", "discardEvent", "replayParkedEvents")
                .isSorted();
    }

    @Test
    void usageIsReadByEveryRoleAndCountsEachWriteOnce() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        server.database().execute("""
                INSERT INTO semel.daily_usage (tenant_id, day, operation_type, count)
                VALUES ('acme', '2020-02-29', 'usedLongAgo', 3), ('globex', '2020-02-29', 'notAcmes', 5)""");
        for (String token : List.of("ACME-READER", "ACME-WRITER", "ACME-ACCOUNTANT", "ACME-OPERATOR", "ACME-ADMIN")) {
            Answer old = server.as(token).get("/api/usage?from=2020-02-29&to=2020-02-29");
            assertThat(old.text())
                    .isEqualTo("{\"items\":[{\"day\":\"2020-02-29\",\"operation\":\"usedLongAgo\",\"count\":3}]}");
        }
        long before = usage(today);
        createCustomer("req-usage", UUID.randomUUID().toString());
        await(() -> usage(today) > before);
        assertThat(items(otto.get("/api/usage"))).isNotEmpty();
        assertThat(items(otto.get("/api/usage?to=2020-01-01"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/writes?status=DONE, /status",
        "/api/writes?from=yesterday, /from",
        "/api/writes?from=2026-02-30, /from",
        "/api/writes?to=2026-01-01T99:00:00Z, /to",
        "/api/writes?from=2026-02-02&to=2026-01-01, /to",
        "/api/writes?requestId=a%20b, /requestId",
        "/api/writes?key=%00, /key",
        "/api/writes?operation=x'y, /operation",
        "/api/writes?limit=0, /limit",
        "/api/writes?limit=99999999999, /limit",
        "/api/writes?cursor=%F0%9F%98%80, /cursor",
        "/api/writes?cursor=YTk5OTk5OTk5OTk5OTk5OTk5OTk5LzE, /cursor",
        "/api/outbox?state=lost, /state",
        "/api/outbox?cursor=YQ, /cursor",
        "/api/outbox?limit=501, /limit",
        "/api/leases?cursor=bAA, /cursor",
        "/api/leases?limit=-1, /limit",
        "/api/usage?from=2026-1-1, /from",
        "/api/usage?to=+999999999-12-31, /to",
        "/api/usage?from=2026-02-02&to=2026-01-01, /to"
    })
    void whatMakesNoSenseIsRefusedWithItsPlace(String path, String pointer) {
        Answer refused = otto.get(path);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/writes/none/trace",
                "/api/writes/%F0%9F%98%80/trace",
                "/api/writes/00000000-0000-0000-0000-000000000000/trace"
            })
    void unknownRequestIsNotFound(String path) {
        assertThat(otto.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000:x:y"})
    void unknownEventIsNotFound(String id) {
        assertThat(otto.post("/api/outbox/" + id + "/replay", "{}").status()).isEqualTo(404);
        assertThat(otto.delete("/api/outbox/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACME-READER", "ACME-ACCOUNTANT", "ACME-WRITER"})
    void onlyOperatorsReadAndMend(String token) {
        Client client = server.as(token);
        for (String path :
                List.of("/api/writes", "/api/writes/x/trace", "/api/outbox", "/api/leases", "/api/operations")) {
            assertThat(client.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(client.post("/api/outbox/replay", "{}").status()).isEqualTo(403);
        assertThat(client.delete("/api/outbox/x").status()).isEqualTo(403);
    }

    @Test
    void otherTenantsRowsAreNotThere() {
        String request = "req-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        createCustomer(request, key);
        assertThat(items(globex.get("/api/writes?requestId=" + request))).isEmpty();
        assertThat(items(globex.get("/api/writes?key=" + key))).isEmpty();
        assertThat(globex.get("/api/writes/" + request + "/trace").status()).isEqualTo(404);
    }

    private Answer createCustomer(String requestId, String key) {
        return admin.send(admin.request("/api/customers")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("X-Request-Id", requestId)
                .POST(BodyPublishers.ofString(CUSTOMER)));
    }

    private JsonNode trace(String requestId) {
        return otto.get("/api/writes/" + requestId + "/trace").json();
    }

    private String parked(String event) {
        return server.database()
                .query("SELECT coalesce(string_agg(sink, ',' ORDER BY sink), '') FROM semel.outbox_events"
                        + " WHERE parked_at IS NOT NULL AND event_id = '" + event + "'");
    }

    private long usage(String day) {
        return items(otto.get("/api/usage?from=" + day)).stream()
                .filter(item -> item.path("operation").asString().equals("createCustomer"))
                .mapToLong(item -> item.path("count").asLong())
                .sum();
    }

    private static JsonNode onlyItem(Answer answer) {
        assertThat(items(answer)).as(answer.text()).hasSize(1);
        return items(answer).get(0);
    }

    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return List.copyOf(answer.json().path("items").values());
    }

    private static void await(BooleanSupplier happened) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
