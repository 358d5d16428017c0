package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import dev.semel.server.options.ServerOptions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Content that was put before and is named by its hash: no version is made of what is not there. */
class NamedContentTest {
    private final TestServer server = TestServer.shared();
    private final Client writer = server.as("ACME-WRITER");
    private final String content = UUID.randomUUID().toString().repeat(400);
    private final String hash = ContentHash.of(content);

    private Answer put() {
        return writer.send(writer.request("/api/blobs/" + hash).PUT(BodyPublishers.ofString(content)));
    }

    private Answer create(String key) {
        return writer.post("/api/documents", "{\"title\":\"Plan\",\"contentHash\":\"%s\"}".formatted(hash), key);
    }

    private Answer append(String document, String body) {
        return writer.send(writer.request("/api/documents/" + document + "/versions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The file is gone, as after a restored backup or a careless hand. */
    private void lose() throws IOException {
        String location = server.database()
                .query("SELECT location FROM semel_documents.blobs WHERE tenant_id = 'acme' AND hash = '" + hash + "'");
        Path blobs = server.bean(ServerOptions.class).data().resolve("blobs");
        try (Stream<Path> files = Files.walk(blobs)) {
            Files.delete(
                    files.filter(file -> file.endsWith(location)).findFirst().orElseThrow());
        }
    }

    @Test
    void documentOfLostContentIsRefusedUntilItIsPutAgain() throws Exception {
        assertThat(put().status()).isEqualTo(200);
        lose();
        String key = UUID.randomUUID().toString();

        Answer refused = create(key);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("CONTENT_UNKNOWN");
        assertThat(server.database()
                        .query("SELECT count(*) FROM semel_documents.document_versions WHERE content_hash = '" + hash
                                + "'"))
                .isEqualTo("0");

        assertThat(put().status()).isEqualTo(200);
        Answer made = create(key);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(writer.get("/api/documents/" + made.json().path("id").asString() + "/content")
                        .text())
                .isEqualTo(content);
    }

    @Test
    void versionOfLostContentIsRefusedAndWhatWasMadeBeforeIsAnsweredAgain() throws Exception {
        put();
        String key = UUID.randomUUID().toString();
        Answer made = create(key);
        String document = made.json().path("id").asString();
        lose();

        assertThat(append(document, "{\"contentHash\":\"%s\"}".formatted(hash)).code())
                .isEqualTo("CONTENT_UNKNOWN");
        assertThat(create(key).text()).isEqualTo(made.text());
        assertThat(writer.get("/api/documents/" + document + "/content").code()).isEqualTo("CONTENT_DAMAGED");
    }

    @Test
    void sameContentInTheBodyAndByNameIsOneVersion() {
        put();
        String document = create(UUID.randomUUID().toString()).json().path("id").asString();
        Answer named = append(document, "{\"contentHash\":\"%s\",\"contentType\":\"text/plain\"}".formatted(hash));
        Answer brought = append(
                document, "{\"content\":\"%s\",\"contentType\":\"Text/PLAIN; charset=UTF-8\"}".formatted(content));

        assertThat(named.status()).as(named.text()).isEqualTo(201);
        assertThat(brought.status()).as(brought.text()).isEqualTo(200);
        assertThat(brought.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(brought.text()).isEqualTo(named.text());
        assertThat(append(document, "{\"contentHash\":\"%s\",\"contentType\":\"text/html\"}".formatted(hash))
                        .status())
                .as("another type is another request")
                .isEqualTo(201);
    }

    @Test
    void keyOfAClientStillStandsForOnePayload() {
        put();
        String document = create(UUID.randomUUID().toString()).json().path("id").asString();
        String versions = "/api/documents/" + document + "/versions";
        String key = UUID.randomUUID().toString();

        assertThat(writer.post(versions, "{\"contentHash\":\"%s\"}".formatted(hash), key)
                        .status())
                .isEqualTo(201);
        assertThat(writer.post(versions, "{\"content\":\"%s\"}".formatted(content), key)
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void contentOfARefusedRequestIsCollected() throws Exception {
        Duration age = Duration.ofDays(2);
        String content = "refused ".repeat(2_000);
        assertThat(writer.post(
                                "/api/documents/" + UUID.randomUUID() + "/versions",
                                "{\"content\":\"%s\"}".formatted(content))
                        .status())
                .isEqualTo(404);
        String blob = " FROM semel_documents.blobs WHERE hash = '"
                + ContentHash.of(content.getBytes(StandardCharsets.UTF_8)) + "'";
        String location = server.database().query("SELECT location" + blob);
        assertThat(location).as("an orphan").isNotEmpty();

        server.database()
                .execute("UPDATE semel_documents.blobs SET put_at = put_at - interval '" + age.toHours()
                        + " hours' WHERE location = '" + location + "'");
        server.bean(dev.semel.maintenance.Maintenance.class).runNow("collect-blobs");

        assertThat(server.database().query("SELECT 1" + blob)).isEmpty();
        Path blobs = server.bean(ServerOptions.class).data().resolve("blobs");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (isStored(blobs, location) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(isStored(blobs, location)).as("its bytes, after the relay").isFalse();
    }

    @Test
    void damagedContentIsListedForOperatorsOfItsTenant() throws Exception {
        put();
        lose();
        Client operator = server.as("ACME-OPERATOR");

        assertThat(damaged(operator)).contains(hash + " 14400 content is missing");
        assertThat(damaged(server.as("GLOBEX-ADMIN"))).noneMatch(line -> line.startsWith(hash));
        assertThat(writer.get("/api/blobs/damaged").code()).isEqualTo("FORBIDDEN");
        assertThat(operator.get("/api/blobs/damaged?cursor=x").code()).isEqualTo("VALIDATION_FAILED");
        assertThat(operator.get("/api/blobs/damaged?limit=0").code()).isEqualTo("VALIDATION_FAILED");
        put();
        assertThat(damaged(operator)).noneMatch(line -> line.startsWith(hash));
    }

    /** From page to page, a blob each. */
    private static List<String> damaged(Client operator) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            var page =
                    operator.get("/api/blobs/damaged?limit=1&cursor=" + cursor).json();
            assertThat(page.path("read").asInt()).isLessThanOrEqualTo(1);
            page.path("items")
                    .forEach(item -> found.add(item.path("contentHash").asString() + " "
                            + item.path("size").asLong() + " "
                            + item.path("problem").asString()));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return found;
    }

    private static boolean isStored(Path blobs, String location) throws IOException {
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.anyMatch(file -> file.endsWith(location));
        }
    }
}
