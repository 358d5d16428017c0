package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The operators' commands against a real server and its database. */
class OpsIT {

    private static final String OTTO = "ACME-OPERATOR";

    private static final RealServer server = RealServer.shared();

    @TempDir
    private Path folder;

    @Test
    void writesAreFoundByWhateverAnOperatorKnows() throws Exception {
        String request = unique("req");
        String key = unique("key");
        assertThat(server.createCustomer(request, key, "MARKED-NAME")).isEqualTo(201);
        String today = LocalDate.now(ZoneOffset.UTC).toString();

        OpsRun run = server.ops(
                OTTO,
                "writes",
                "--request-id",
                request,
                "--key",
                key,
                "--operation",
                "createCustomer",
                "--status",
                "executed",
                "--from",
                today,
                "--to",
                "2199-01-01T00:00:00+02:00");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).startsWith("AT ").doesNotContain("MARKED-NAME");
        assertThat(run.row(request)).containsSubsequence("EXECUTED", "createCustomer", "alice", request, key);
        assertThat(run.err()).isEmpty();
        assertThat(server.ops("GLOBEX-ADMIN", "writes", "--key", key).out()).isEmpty();
        assertThat(server.ops(OTTO, "writes", "--key", key, "--to", "2001-01-01")
                        .err())
                .isEqualTo("Nothing found.\n");
    }

    @Test
    void listsGoOnToTheLimitAndJsonHasAllMembers() throws Exception {
        String request = unique("req");
        for (int i = 0; i < 3; i++) {
            server.createCustomer(request, request + "-" + i, "Ada");
        }
        OpsRun two = server.ops(OTTO, "--json", "writes", "--request-id", request, "--limit", "2");
        OpsRun all = server.ops(OTTO, "writes", "--request-id", request, "--limit", "3", "--json");

        assertThat(keys(two)).containsExactly(request + "-2", request + "-1");
        assertThat(two.json().path("nextCursor").asString()).isNotEmpty();
        assertThat(keys(all)).containsExactly(request + "-2", request + "-1", request + "-0");
        assertThat(all.json().path("nextCursor").isNull()).isTrue();
        assertThat(all.json().at("/items/0/status").asString()).isEqualTo("EXECUTED");
    }

    @Test
    void traceTellsAStoryFromBeginToTheLastDelivery() throws Exception {
        String first = unique("first");
        String retry = unique("retry");
        String misuse = unique("misuse");
        String key = unique("key");
        assertThat(server.createCustomer(first, key, "Ada")).isEqualTo(201);
        assertThat(server.createCustomer(retry, key, "Ada")).isEqualTo(200);
        assertThat(server.createCustomer(misuse, key, "Bob")).isEqualTo(409);
        RealServer.await(() -> trace(first).contains("reached every sink"));
        RealServer.await(() -> trace(misuse).contains("ROLLBACK"));

        assertThat(trace(first))
                .containsSubsequence(
                        "Request " + first,
                        "BEGIN     createCustomer (HIGH_RISK) by alice, key " + key,
                        "COMMIT    executed, ",
                        "Key " + key + ": executed by this request, its answer is kept until ",
                        "All that it emitted has reached every sink.");
        assertThat(trace(retry))
                .containsSubsequence(
                        "COMMIT    replayed the first answer", "executed by request " + first, "It executed nothing");
        assertThat(trace(misuse)).contains("ROLLBACK  refused: IDEMPOTENCY_KEY_REUSED");
        assertThat(server.ops(OTTO, "trace", first, "--json")
                        .json()
                        .path("requestId")
                        .asString())
                .isEqualTo(first);
    }

    @Test
    void anUnknownRequestIsRefusedByTheServersState() {
        OpsRun run = server.ops(OTTO, "trace", unique("nobody"));

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .startsWith("semel: NOT_FOUND: Nothing is known of such a request. (request ops-")
                .contains("next:  semel writes".replace("semel", "semel ops"));
    }

    @Test
    void parkedDeliveriesAreListedExplainedReplayedAndDiscarded() throws Exception {
        String event = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        server.park("acme", event, "gone");
        server.park("acme", event, "lost");
        server.park("globex", other, "gone");

        OpsRun list = server.ops(OTTO, "outbox", "list", "--state", "parked", "--limit", "500");
        assertThat(list.row(event + ":gone"))
                .containsSubsequence("parked", "order.placed", "3", "http.500", "req-" + event, "exhausted");
        assertThat(list.out()).contains(event + ":lost").doesNotContain(other, "SECRET-PAYLOAD");
        assertThat(trace("req-" + event))
                .contains("Delivery " + event
                        + ":gone: order.placed, parked because exhausted, attempts 3, last error http.500");
        assertThat(server.ops(OTTO, "outbox", "list", "--limit", "500").out()).doesNotContain(event);

        OpsRun replay = server.ops(OTTO, "outbox", "replay", event + ":gone", "--key", "once-" + event);
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out()).isEqualTo("1 delivery is tried again.\n");
        assertThat(parked(event)).isEqualTo("lost");
        assertThat(audited(replay)).contains("replayEvent", "key once-" + event);

        OpsRun discard = server.ops(OTTO, "outbox", "discard", event + ":lost", "--yes", "--json");
        assertThat(discard.code()).as(discard.err()).isZero();
        assertThat(discard.json().path("discarded").asString()).isEqualTo(event + ":lost");
        assertThat(server.query(
                        "SELECT string_agg(sink, ',') FROM semel.outbox_events WHERE event_id = '" + event + "'"))
                .isEqualTo("gone");
        assertThat(audited(discard)).contains("discardEvent");
        OpsRun gone = server.ops(OTTO, "outbox", "discard", event + ":lost", "--yes");
        assertThat(gone.code()).isEqualTo(5);
        assertThat(gone.err()).contains("semel: NOT_FOUND: ", "next:  semel ops outbox list --state parked");
        assertThat(parked(other)).isEqualTo("gone");
    }

    @Test
    void aRepairHappensOnceForItsKey() throws Exception {
        String event = UUID.randomUUID().toString();
        server.park("acme", event, "gone");
        String[] command = {"outbox", "replay", event + ":gone", "--key", "key-" + event, "--json"};
        OpsRun first = server.ops(OTTO, command);
        server.execute(
                "UPDATE semel.outbox_events SET parked_at = now(), parked_reason = 'exhausted' WHERE event_id = '"
                        + event + "'");

        assertThat(server.ops(OTTO, command).out()).isEqualTo(first.out());
        assertThat(parked(event)).as("a retry replays nothing").isEqualTo("gone");
        assertThat(server.ops(OTTO, "outbox", "replay", event, "--key", "key-" + event)
                        .err())
                .contains("semel: IDEMPOTENCY_KEY_REUSED: ");
    }

    @Test
    void allParkedOfATenantsSinkAreReplayedTogether() throws Exception {
        String sink = "sink-" + UUID.randomUUID().toString().substring(0, 8);
        for (String tenant : List.of("acme", "acme", "globex")) {
            server.park(tenant, UUID.randomUUID().toString(), sink);
        }
        OpsRun run = server.ops(OTTO, "outbox", "replay", "--all-parked", "--sink", sink, "--type", "order.placed");

        assertThat(run.out()).as(run.err()).isEqualTo("2 deliveries are tried again.\n");
        assertThat(server.query("SELECT string_agg(tenant_id, ',') FROM semel.outbox_events WHERE parked_at IS NOT NULL"
                        + " AND sink = '" + sink + "'"))
                .isEqualTo("globex");
    }

    @Test
    void leasesOperationsAndUsageAreShown() throws Exception {
        server.execute("""
                INSERT INTO semel.leases (tenant_id, target, holder, fence, acquired_at, expires_at)
                VALUES ('acme', 'ops-held', gen_random_uuid(), 7, now(), now() + interval '1 hour'),
                       ('globex', 'ops-theirs', gen_random_uuid(), 1, now(), '-infinity')""");
        server.execute("""
                INSERT INTO semel.daily_usage (tenant_id, day, operation_type, count)
                VALUES ('acme', '2020-02-29', 'usedLongAgo', 1234), ('globex', '2020-02-29', 'notAcmes', 5)""");

        OpsRun leases = server.ops(OTTO, "leases");
        OpsRun operations = server.ops(OTTO, "operations");
        OpsRun usage = server.ops("ACME-READER", "usage", "--from", "2020-02-29", "--to", "2020-03-01");

        assertThat(leases.row("ops-held")).containsSubsequence("HELD", "7");
        assertThat(leases.out()).doesNotContain("ops-theirs");
        assertThat(operations.row("createPayment "))
                .containsSubsequence("FINANCIAL", "client", "PT48H", "payment.recorded", "POST /api/payments");
        assertThat(usage.out()).isEqualTo("DAY         OPERATION    COUNT\n2020-02-29  usedLongAgo   1234\n");
    }

    @Test
    void whoMayNotIsToldWhichTokenWould() {
        OpsRun reader = server.ops("ACME-READER", "writes");
        OpsRun nobody = server.ops("WRONG-TOKEN", "writes");

        assertThat(reader.code()).isEqualTo(4);
        assertThat(reader.err()).startsWith("semel: FORBIDDEN: ").contains("the role operator");
        assertThat(nobody.code()).isEqualTo(4);
        assertThat(nobody.err()).startsWith("semel: UNAUTHENTICATED: ").doesNotContain("WRONG-TOKEN");
    }

    @Test
    void aWrongFilterIsNamedByTheServer() {
        OpsRun run = server.ops(OTTO, "writes", "--status", "lost", "--from", "yesterday");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("semel: VALIDATION_FAILED: ")
                .contains("status: must be one of", "next:  semel ops writes --help");
    }

    @Test
    void thePackagedCommandTalksToTheServerAndKeepsTalkOutOfItsData() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("semel.cli.jar"),
                        "ops",
                        "operations",
                        "--json")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        command.environment().put("SEMEL_TOKEN", OTTO);
        command.environment().put("SEMEL_URL", server.url());
        Process process = command.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("err")).isEmptyFile();
        assertThat(folder.resolve("out")).content().startsWith("{\"items\":[{").endsWith("}\n");
    }

    private static String trace(String request) {
        return server.ops(OTTO, "trace", request).out();
    }

    /** What the command itself says how to look at. */
    private static String audited(OpsRun run) {
        String last = run.err().lines().reduce((first, second) -> second).orElseThrow();
        assertThat(last).startsWith("Audited: semel ops trace ops-");
        return trace(last.substring("Audited: semel ops trace ".length()));
    }

    private static String parked(String event) throws Exception {
        return server.query(
                "SELECT string_agg(sink, ',' ORDER BY sink) FROM semel.outbox_events WHERE parked_at IS NOT NULL"
                        + " AND event_id = '" + event + "'");
    }

    private static List<String> keys(OpsRun run) {
        List<String> keys = new ArrayList<>();
        for (JsonNode item : run.json().path("items")) {
            keys.add(item.path("key").asString());
        }
        return keys;
    }

    private static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }
}
