package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server that is killed at each step of a publish: what was accepted is on main afterwards, each file once, and whoever asks again under
 * his key is told the same as if nothing had happened.
 */
class KilledPublishIT {
    private static final int FILES = 12;

    private final TestDatabase database = TestDatabase.create();
    private final List<Accepted> changesets = new ArrayList<>();

    @TempDir
    private Path folder;

    /** A changeset that waits for its publish. */
    private record Accepted(String name, String path, String body) {}

    @Test
    void noKillPublishesAFileTwiceOrHalf() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            Client admin = Client.of(server.url(), "ACME-ADMIN");
            assertThat(admin.post("/v1/scopes", "{\"scope\":\"docs\",\"mode\":\"reviewed\"}")
                            .status())
                    .isEqualTo(201);
            for (String name : List.of("handler", "statements", "middle", "delivery")) {
                changesets.add(accepted(admin, name));
            }
            await(() -> number("SELECT count(*) FROM semel.outbox_events") == 0);
        }
        killedAt("write.after-handler", "kill", changesets.get(0));
        assertThat(published()).as("before the COMMIT").isZero();
        theLeaseOfTheDeadIsKept();

        killedAt("write.after-last-statements", "kill@2", changesets.get(1));
        assertThat(published()).as("with the COMMIT").isIn((long) FILES, 2L * FILES);

        killedInTheMiddle(changesets.get(2));
        assertThat(published()).as("before its counter").isEqualTo(2L * FILES);

        halfAMinutePasses();
        killedAt("relay.after-claim", "kill", changesets.get(3));
        assertThat(published()).as("after the COMMIT").isEqualTo(3L * FILES);
        everyFileIsThereOnce();
    }

    private static Accepted accepted(Client admin, String name) {
        String ops = IntStream.range(0, FILES)
                .mapToObj(i -> """
                        {"type":"upsert","fileId":"%s-%d","serverPath":"%s/%d.md","baseVersion":0,"content":"%s"}""".formatted(name, i, name, i, i % 4 == 0 ? "large ".repeat(2_000) + i : "small " + i))
                .collect(Collectors.joining(","));
        Answer pushed = admin.post(
                "/v1/sync/push", "{\"scope\":\"docs\",\"clientChangesetId\":\"%s\",\"ops\":[%s]}".formatted(name, ops));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        String path = "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
        String decisions = IntStream.range(0, FILES)
                .mapToObj(i -> "{\"fileId\":\"%s-%d\",\"action\":\"accept\"}".formatted(name, i))
                .collect(Collectors.joining(","));
        Answer decided = admin.post(path + "/decisions", "{\"revision\":1,\"decisions\":[" + decisions + "]}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(201);
        return new Accepted(name, path + "/publish", """
                {"expectedRevision":1,"decisionsHash":"%s"}""".formatted(
                        decided.json().path("decisionsHash").asString()));
    }

    /** Retries what was cut off before, publishes the next one, and is killed by that. */
    private void killedAt(String failpoint, String action, Accepted changeset) throws Exception {
        try (ServerProcess server = ServerProcess.startArmed(folder, database, failpoint, action)) {
            if (action.equals("kill@2")) {
                retried(server, changesets.get(changesets.indexOf(changeset) - 1));
            }
            try {
                publish(server, changeset);
            } catch (UncheckedIOException cutOff) {
                // As it should be, unless the answer was faster.
            }
            server.awaitEnd();
        }
    }

    /** By nobody's failpoint, while its transaction waits for a lock. */
    private void killedInTheMiddle(Accepted changeset) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database);
                Connection other = database.connect();
                PreparedStatement lock = other.prepareStatement(
                        "SELECT FROM semel_sync.feeds WHERE scope = 'docs' AND feed = 'main' FOR UPDATE")) {
            retried(server, changesets.get(0));
            retried(server, changesets.get(1));
            halfAMinutePasses();
            await(() -> number("SELECT count(*) FROM semel.outbox_events") == 0);
            other.setAutoCommit(false);
            lock.execute();
            CompletableFuture<Void> cutOff = CompletableFuture.runAsync(() -> publish(server, changeset));
            await(() -> number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database() AND query LIKE '%semel_sync.feeds%'")
                    == 1);
            server.kill();
            other.rollback();
            assertThat(cutOff.handle((answer, failure) -> failure).get()).isNotNull();
            await(() -> number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE"
                            + " '%semel_sync.feeds%' AND state <> 'idle' AND pid <> pg_backend_pid()")
                    == 0);
        }
    }

    /** Until it expires, others are told to come back. */
    private void theLeaseOfTheDeadIsKept() {
        assertThat(number("SELECT count(*) FROM semel.leases WHERE target = 'sync-publish:docs'"
                        + " AND expires_at > clock_timestamp()"))
                .isEqualTo(1);
    }

    private void everyFileIsThereOnce() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            for (Accepted changeset : changesets) {
                Answer retry = retried(server, changeset);
                Answer again = publish(server, changeset);
                assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
                assertThat(again.text()).isEqualTo(retry.text());
                assertThat(report(retry.json())).isEqualTo(undisturbed(changeset.name()));
            }
        }
        assertThat(published()).isEqualTo((long) FILES * changesets.size());
        assertThat(number("SELECT count(DISTINCT file_id) FROM semel_sync.file_changes"))
                .isEqualTo((long) FILES * changesets.size());
        assertThat(number("SELECT count(*) FROM semel_sync.files WHERE version <> 1 OR deleted_at IS NOT NULL"))
                .isZero();
        assertThat(number("SELECT count(*) FROM semel_sync.publish_attempts")).isEqualTo(changesets.size());
        assertThat(number("SELECT head FROM semel_sync.feeds WHERE feed = 'main'"))
                .isEqualTo(changesets.size());
    }

    private static List<String> report(JsonNode report) {
        return report.path("files")
                .valueStream()
                .map(file -> file.path("serverPath").asString() + " "
                        + file.path("status").asString() + " "
                        + file.path("version").asInt())
                .toList();
    }

    private static List<String> undisturbed(String name) {
        return IntStream.range(0, FILES)
                .mapToObj(i -> name + "/" + i + ".md published 1")
                .sorted()
                .toList();
    }

    private Answer retried(ServerProcess server, Accepted changeset) {
        Answer answer = publish(server, changeset);
        if (answer.code().equals("PUBLISH_IN_PROGRESS")) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            halfAMinutePasses();
            answer = publish(server, changeset);
        }
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer;
    }

    private void halfAMinutePasses() {
        database.execute("UPDATE semel.leases SET expires_at = expires_at - interval '30 seconds'"
                + " WHERE expires_at > clock_timestamp()");
    }

    private static Answer publish(ServerProcess server, Accepted changeset) {
        return Client.of(server.url(), "ACME-ADMIN")
                .post(changeset.path(), changeset.body(), "key-" + changeset.name());
    }

    private long published() {
        return number("SELECT count(*) FROM semel_sync.file_changes");
    }

    private long number(String sql) {
        return Long.parseLong(database.query(sql));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
