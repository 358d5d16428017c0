package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed wherever a document with a blob is made: what is there afterwards is whole, and each retry has one effect. */
class KilledDocumentsIT {
    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    @Test
    void retryAfterAKillAtEachStepMakesOneDocumentWithItsContent() throws Exception {
        try (ServerProcess server =
                ServerProcess.startArmed(folder, database, "documents.create.after-document-insert", "kill")) {
            killedBy("first", server);
        }
        assertThat(documents()).isEqualTo("0");
        try (ServerProcess server = ServerProcess.startArmed(folder, database, "write.after-handler", "kill@2")) {
            assertThat(retried("first", server)).isEqualTo("false");
            killedBy("second", server);
        }
        assertThat(documents()).isEqualTo("1");
        try (ServerProcess server =
                ServerProcess.startArmed(folder, database, "write.after-last-statements", "kill@2")) {
            assertThat(retried("second", server)).isEqualTo("false");
            killedBy("third", server);
        }
        try (ServerProcess server = ServerProcess.start(folder, database)) {
            retried("third", server);
            assertThat(retried("first", server)).isEqualTo("true");
            assertThat(documents()).isEqualTo("3");
            contentIsWhole(writer(server));
        }
    }

    private static void killedBy(String key, ServerProcess server) throws InterruptedException {
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> create(key, server));
        server.awaitEnd();
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

    private static void contentIsWhole(Client writer) {
        writer.get("/api/documents")
                .json()
                .path("items")
                .forEach(document -> assertThat(writer.get(
                                        "/api/documents/" + document.path("id").asString() + "/content")
                                .text())
                        .isEqualTo(content(document.path("title").asString())));
    }

    private String documents() {
        return database.query(
                "SELECT count(*) FROM semel_documents.documents d JOIN semel_documents.document_versions v"
                        + " ON v.tenant_id = d.tenant_id AND v.document_id = d.id AND v.blob_hash IS NOT NULL");
    }
}
