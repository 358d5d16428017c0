package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at each step between the put of a blob, the commit of its document and the deletion of a blob that nothing needs:
 * what is there afterwards is whole, each retry has one effect, and nothing that nothing needs stays.
 */
class KilledDocumentsIT {
    private static final String ORPHAN = "orphan ".repeat(5_000);

    private final TestDatabase database = TestDatabase.create();
    private final List<String> made = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void noKillLeavesADocumentWithoutContentOrContentWithoutADocument() throws Exception {
        killedWhileItMakes("bytes", "documents.put.after-bytes", "kill");
        assertThat(rows("blobs")).as("bytes without a row").isZero();
        assertThat(files()).hasSize(1);

        killedWhileItMakes("row", "documents.put.after-row", "kill@2");
        assertThat(rows("blobs")).as("a row without a document").isEqualTo(2);
        assertThat(rows("documents")).isEqualTo(1);

        killedWhileItMakes("insert", "documents.create.after-document-insert", "kill@2");
        assertThat(rows("documents")).isEqualTo(2);

        killedWhileItMakes("handler", "write.after-handler", "kill@2");
        assertThat(rows("documents")).as("before the COMMIT").isEqualTo(3);

        killedWhileItMakes("commit", "write.after-last-statements", "kill@2");
        assertThat(rows("documents")).as("with the COMMIT").isBetween(4L, 5L);

        retriedAndDelivered();
        killedWhileItMakes("relay", "relay.after-claim", "kill");
        assertThat(rows("documents"))
                .as("after the COMMIT, before the delivery")
                .isEqualTo(6);

        retriedAndDelivered();
        assertThat(database.query("SELECT count FROM semel.daily_usage WHERE operation_type = 'createDocument'"))
                .isEqualTo("6");
        killedWhileItDeletes();
        everythingIsThereAndNothingElse();
    }

    /** Retries what was cut off before, makes another document, and is killed by that. */
    private void killedWhileItMakes(String key, String failpoint, String action) throws Exception {
        try (ServerProcess server = ServerProcess.startArmed(folder, database, failpoint, action)) {
            if (!made.isEmpty() && action.equals("kill@2")) {
                retried(made.get(made.size() - 1), server);
            }
            made.add(key);
            try {
                create(key, server);
            } catch (UncheckedIOException cutOff) {
                // As it should be, unless the answer was faster.
            }
            server.awaitEnd();
        }
        documentsAreWhole();
    }

    private void retriedAndDelivered() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            for (String key : made) {
                retried(key, server);
            }
            await(() -> pending() == 0);
        }
    }

    private void killedWhileItDeletes() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            Client writer = writer(server);
            assertThat(writer.send(writer.request("/api/blobs/" + ContentHash.of(ORPHAN))
                                    .PUT(BodyPublishers.ofString(ORPHAN)))
                            .status())
                    .isEqualTo(200);
        }
        String orphan = database.query(
                "SELECT location FROM semel_documents.blobs WHERE hash = '" + ContentHash.of(ORPHAN) + "'");
        twoDaysPass();

        ServerProcess.dieAt(folder, database, "documents.deletion.before-bytes");
        assertThat(rows("blobs")).as("its row is gone").isEqualTo(made.size());
        assertThat(files()).as("its bytes are not").contains(orphan);

        ServerProcess.dieAt(folder, database, "documents.deletion.after-bytes");
        assertThat(files()).doesNotContain(orphan);
        assertThat(pending()).as("not acknowledged").isEqualTo(1);
    }

    /** Of the store's clock and the database's; the jobs are due. */
    private void twoDaysPass() throws IOException {
        database.execute("UPDATE semel_documents.blobs SET put_at = put_at - interval '2 days'");
        database.execute("UPDATE semel.maintenance_jobs SET next_run_at = '-infinity' WHERE name LIKE '%-blobs'");
        FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        for (Path file : paths()) {
            Files.setLastModifiedTime(file, then);
        }
    }

    private void everythingIsThereAndNothingElse() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            await(() -> pending() == 0 && files().equals(locations()));
            assertThat(files()).hasSize(made.size());
            for (String key : made) {
                assertThat(retried(key, server)).isEqualTo("true");
            }
            Client writer = writer(server);
            List<String> titles = new ArrayList<>();
            writer.get("/api/documents").json().path("items").forEach(document -> {
                String title = document.path("title").asString();
                titles.add(title);
                assertThat(writer.get("/api/documents/" + document.path("id").asString() + "/content")
                                .text())
                        .isEqualTo(content(title));
            });
            assertThat(titles).as("each once").containsExactlyInAnyOrderElementsOf(made);
        }
    }

    /** Whatever the process died of. */
    private void documentsAreWhole() {
        assertThat(rows("documents")).isEqualTo(rows("document_versions"));
        assertThat(files()).containsAll(locations());
    }

    /** Whether it was a replay. */
    private static String retried(String key, ServerProcess server) {
        Answer answer = create(key, server);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.header("Idempotency-Replayed");
    }

    private static Answer create(String key, ServerProcess server) {
        String body = "{\"title\":\"%s\",\"content\":\"%s\"}".formatted(key, content(key));
        return writer(server).post("/api/documents", body, key);
    }

    private static Client writer(ServerProcess server) {
        return Client.of(server.url(), "ACME-WRITER");
    }

    private static String content(String key) {
        return key.repeat(5_000);
    }

    private long rows(String table) {
        return Long.parseLong(database.query("SELECT count(*) FROM semel_documents." + table));
    }

    private long pending() {
        return Long.parseLong(database.query("SELECT count(*) FROM semel.outbox_events"));
    }

    private Set<String> locations() {
        String locations = database.query("SELECT string_agg(location::text, ',') FROM semel_documents.blobs");
        return new TreeSet<>(locations.equals("null") ? List.of() : List.of(locations.split(",")));
    }

    private Set<String> files() {
        try {
            return paths().stream()
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> paths() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data").resolve("blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            return paths(); // one was deleted meanwhile
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
