package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.documents.content.ContentHash;
import dev.semel.server.options.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Documents over HTTP. */
class DocumentsRoutesTest {
    private final TestServer server = TestServer.shared();
    private final Client writer = server.as("ACME-WRITER");
    private final Client reader = server.as("ACME-READER");

    private String document(String content) {
        return created(writer.post("/api/documents", "{\"title\":\"Plan\",\"content\":\"%s\"}".formatted(content)))
                .path("id")
                .asString();
    }

    private static JsonNode created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private Answer append(String document, String body) {
        return writer.send(writer.request("/api/documents/" + document + "/versions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private Answer activate(String document, int version) {
        return writer.send(writer.request("/api/documents/" + document + "/active-version")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .PUT(BodyPublishers.ofString("{\"version\":%d}".formatted(version))));
    }

    private Answer put(String hash, byte[] bytes) {
        return writer.send(writer.request("/api/blobs/" + hash).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** A document whose only version has these bytes. */
    private String documentOf(byte[] bytes) {
        String hash = ContentHash.of(bytes);
        assertThat(put(hash, bytes).json().path("contentHash").asString()).isEqualTo(hash);
        return created(writer.post("/api/documents", "{\"title\":\"Bytes\",\"contentHash\":\"%s\"}".formatted(hash)))
                .path("id")
                .asString();
    }

    @Test
    void documentLivesWithItsVersions() {
        JsonNode document = created(writer.post("/api/documents", "{\"title\":\"Plan\",\"content\":\"one\\n\"}"));
        String path = "/api/documents/" + document.path("id").asString();
        assertThat(document.path("title").asString()).isEqualTo("Plan");
        assertThat(document.path("activeVersion").asInt()).isEqualTo(1);
        assertThat(document.path("createdAt").asString()).endsWith("Z");

        JsonNode version = created(writer.post(path + "/versions", "{\"content\":\"two\\n\"}"));
        assertThat(version.path("documentId").asString())
                .isEqualTo(document.path("id").asString());
        assertThat(version.path("version").asInt()).isEqualTo(2);
        assertThat(version.path("contentHash").asString()).isEqualTo(ContentHash.of("two\n"));

        assertThat(writer.delete(path + "/versions/1").code()).isEqualTo("VERSION_ACTIVE");
        assertThat(created(activate(document.path("id").asString(), 2))
                        .path("activeVersion")
                        .asInt())
                .isEqualTo(2);
        assertThat(writer.delete(path + "/versions/1").status()).isEqualTo(204);
        assertThat(writer.delete(path + "/versions/1").status()).isEqualTo(204);
        assertThat(activate(document.path("id").asString(), 1).code()).isEqualTo("VERSION_DELETED");
        assertThat(reader.get(path + "/versions/1/content").status()).isEqualTo(404);
        assertThat(reader.get(path + "/versions").json().path("items").values())
                .extracting(item -> item.path("version").asInt() + " "
                        + item.path("deleted").asBoolean())
                .containsExactly("1 true", "2 false");
        assertThat(created(writer.post(path + "/versions/1/restore", "{}"))
                        .path("deleted")
                        .asBoolean())
                .isFalse();
        assertThat(writer.post(path + "/versions/1/restore", "{}").code()).isEqualTo("VERSION_NOT_DELETED");
        assertThat(reader.get(path + "/content").text()).isEqualTo("two\n");
        assertThat(reader.get(path + "/diff?from=1&to=2").text())
                .isEqualTo("--- version 1\n+++ version 2\n@@ -1,1 +1,1 @@\n-one\n+two\n");
        assertThat(reader.get(path).json().path("lastVersion").asInt()).isEqualTo(2);
        assertThat(reader.get("/api/documents?limit=500").text())
                .contains(document.path("id").asString());
    }

    @Test
    void sameUploadTwiceWithoutAnyHeaderIsOneVersion() {
        String document = document("one");
        Answer first = append(document, "{\"content\":\"two\"}");
        Answer second = append(document, "{ \"content\" : \"two\" }");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(append(document, "{\"content\":\"two\",\"baseVersion\":1}").code())
                .isEqualTo("VERSION_CONFLICT");
        assertThat(created(append(document, "{\"content\":\"two\",\"baseVersion\":2}"))
                        .path("version")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void manyUploadsAtOnceAreOneVersion() throws Exception {
        String document = document("one");
        String large = "{\"content\":\"%s\"}".formatted("two ".repeat(50_000));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Answer>> uploads = IntStream.range(0, 48)
                    .<Callable<Answer>>mapToObj(i -> () -> append(document, large))
                    .toList();
            for (Future<Answer> upload : threads.invokeAll(uploads)) {
                assertThat(upload.get().status()).isIn(200, 201);
                assertThat(upload.get().json().path("version").asInt()).isEqualTo(2);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(reader.get("/api/documents/" + document + "/versions")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void contentIsAnsweredWholeInPartAndNotAgain() {
        byte[] bytes = random(1_000_000);
        String path = "/api/documents/" + documentOf(bytes) + "/versions/1/content";
        String tag = '"' + ContentHash.of(bytes) + '"';

        Answer whole = reader.get(path);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.response().body()).isEqualTo(bytes);
        assertThat(whole.header("ETag")).isEqualTo(tag);
        assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Content-Disposition")).startsWith("attachment").doesNotContain("Bytes");

        assertThat(with(path, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(with(path, "If-None-Match", "\"x\", W/" + tag).status()).isEqualTo(304);
        assertThat(with(path, "If-None-Match", "\"x\"").status()).isEqualTo(200);

        Answer part = with(path, "Range", "bytes=100000-299999");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100000-299999/1000000");
        assertThat(part.response().body()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 300_000));
        Answer beyond = with(path, "Range", "bytes=1000000-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.code()).isEqualTo("RANGE_NOT_SATISFIABLE");
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */1000000");
        assertThat(reader.send(reader.request(path).header("Range", "bytes=0-1").header("If-Range", "\"x\""))
                        .status())
                .isEqualTo(200);
        Answer head = reader.send(reader.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.header("Content-Length")).isEqualTo("1000000");
        assertThat(head.response().body()).isEmpty();
    }

    private Answer with(String path, String header, String value) {
        return reader.send(reader.request(path).header(header, value));
    }

    @Test
    void browserDoesNothingWithHostileContent() {
        String document = created(writer.post("/api/documents", """
                {"title":"x\\";evil=\\"","content":"<script>alert(1)</script>","contentType":"TEXT/HTML"}""")).path("id").asString();

        Answer content = reader.get("/api/documents/" + document + "/content");

        assertThat(content.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(content.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(content.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(content.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + document + "-1\"");
    }

    @Test
    void contentThatIsPutIsWhatItsNameSays() {
        byte[] bytes = random(20_002);
        String hash = ContentHash.of(bytes);

        byte[] other = random(20_003);
        assertThat(put(hash, other).code()).isEqualTo("CONTENT_HASH_MISMATCH");
        assertThat(writer.post("/api/documents", "{\"title\":\"x\",\"contentHash\":\"" + ContentHash.of(other) + "\"}")
                        .code())
                .as("what was refused is not kept")
                .isEqualTo("CONTENT_UNKNOWN");
        assertThat(put("sha256:x", bytes).code()).isEqualTo("NOT_FOUND");
        assertThat(writer.post("/api/documents", "{\"title\":\"x\",\"contentHash\":\"" + hash + "\"}")
                        .code())
                .isEqualTo("CONTENT_UNKNOWN");
        assertThat(writer.send(writer.request("/api/blobs/" + hash)
                                .header("Content-Encoding", "gzip")
                                .PUT(BodyPublishers.ofByteArray(bytes)))
                        .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(put(hash, bytes).status()).isEqualTo(200);
        Answer again = put(hash, bytes);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("size").asInt()).isEqualTo(20_002);
    }

    /** As curl sends it, if nobody says otherwise. */
    @Test
    void contentIsTakenAsItIsWhateverItsTypeIsSaidToBe() {
        byte[] bytes = "a=1&b=%41".getBytes(StandardCharsets.UTF_8);
        Answer put = writer.send(writer.request("/api/blobs/" + ContentHash.of(bytes))
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofByteArray(bytes)));

        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    @Test
    void contentThatIsTooLargeOrBreaksOffIsRefused() throws Exception {
        String put = "PUT /api/blobs/" + ContentHash.of("x") + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer ACME-WRITER\r\nConnection: close\r\n";

        assertThat(raw(put + "Content-Length: 104857601\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("PAYLOAD_TOO_LARGE");
        assertThat(raw(put + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("VALIDATION_FAILED");
        assertThat(raw(put + "Content-Length: 10\r\n\r\nxx")).doesNotStartWith("HTTP/1.1 2");
    }

    private String raw(String request) throws Exception {
        URI base = URI.create(server.server().url());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 1_000_000})
    void alteredContentIsNeverAnsweredWhole(int size) throws Exception {
        byte[] bytes = random(size);
        String path = "/api/documents/" + documentOf(bytes) + "/content";
        Path file = stored(bytes);
        byte[] altered = bytes.clone();
        altered[size - 1]++;
        Files.write(file, altered);

        if (size < 64 * 1024) {
            assertThat(reader.get(path).code()).isEqualTo("CONTENT_DAMAGED");
        } else {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .as("at once, and not after a while of waiting for the rest")
                    .isThrownBy(() -> reader.get(path))
                    .satisfies(failure -> assertThat(failure.getCause()).isNotInstanceOf(HttpTimeoutException.class));
        }
        Files.delete(file);
        Answer missing = reader.get(path);
        assertThat(missing.status()).isEqualTo(500);
        assertThat(missing.code()).isEqualTo("CONTENT_DAMAGED");
        assertThat(missing.header("ETag")).isEmpty();
    }

    private Path stored(byte[] bytes) throws IOException {
        Path blobs = server.bean(ServerOptions.class).data().resolve("blobs");
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(file -> holds(file, bytes)).findFirst().orElseThrow();
        }
    }

    private static boolean holds(Path file, byte[] bytes) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == bytes.length
                    && ContentHash.of(Files.readAllBytes(file)).equals(ContentHash.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"x\"}",
                "{\"content\":\"x\"}",
                "{\"title\":\"\",\"content\":\"x\"}",
                "{\"title\":\"x\",\"content\":1}",
                "{\"title\":\"x\",\"content\":\"x\",\"contentHash\":\"x\"}",
                "{\"title\":\"x\",\"content\":\"x\",\"contentType\":\"text/html; charset=latin1\"}",
                "{\"title\":\"x\",\"content\":\"x\",\"contentType\":\"text/html\\r\\nX: y\"}",
                "{\"title\":\"x\",\"content\":\"x\",\"id\":\"x\"}",
                "{\"title\":\"x\\u0000\",\"content\":\"x\"}",
                "{\"title\":\"x\",\"content\":\"\\u0000\"}"
            })
    void whatIsNoDocumentIsABadRequest(String body) {
        Answer answer = writer.post("/api/documents", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isIn("VALIDATION_FAILED", "MALFORMED_JSON");
    }

    @Test
    void hostileNumbersAndIdsNameNothing() {
        String document = document("one");
        for (String number : List.of("0", "-1", "01", "2", "x", "99999999999999999999", "1.0")) {
            assertThat(reader.get("/api/documents/" + document + "/versions/" + number + "/content")
                            .status())
                    .as(number)
                    .isEqualTo(404);
            assertThat(reader.get("/api/documents/" + document + "/diff?from=1&to=" + number)
                            .status())
                    .as(number)
                    .isEqualTo(404);
        }
        assertThat(append("x", "{\"content\":\"two\"}").status()).isEqualTo(404);
        assertThat(activate(document, 0).status()).isEqualTo(400);
        assertThat(activate(document, 2).status()).isEqualTo(404);
        assertThat(append(document, "{\"content\":\"" + "x".repeat(2 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(writer.send(writer.request("/api/documents")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"title\":\"x\",\"content\":\"x\"}")))
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
    }

    @Test
    void onlyTextsAreCompared() {
        String document = documentOf(random(9_000));
        append(document, "{\"content\":\"text\"}");

        assertThat(reader.get("/api/documents/" + document + "/diff?from=1&to=2")
                        .code())
                .isEqualTo("CONTENT_NOT_TEXT");
    }

    @Test
    void writersWriteAndEverybodyReads() {
        String document = document("one");
        for (String token : List.of("ACME-READER", "ACME-ACCOUNTANT", "ACME-OPERATOR")) {
            Client other = server.as(token);
            assertThat(other.get("/api/documents/" + document + "/content").text())
                    .isEqualTo("one");
            assertThat(other.post("/api/documents", "{\"title\":\"x\",\"content\":\"x\"}")
                            .code())
                    .isEqualTo("FORBIDDEN");
            assertThat(other.send(other.request("/api/blobs/" + ContentHash.of("x"))
                                    .PUT(BodyPublishers.ofString("x")))
                            .code())
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void documentsAreCountedAsUsageOnce() {
        long before = counted();
        String key = UUID.randomUUID().toString();
        writer.post("/api/documents", "{\"title\":\"x\",\"content\":\"x\"}", key);
        writer.post("/api/documents", "{\"title\":\"x\",\"content\":\"x\"}", key);

        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (counted() == before && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(counted()).isEqualTo(before + 1);
    }

    private long counted() {
        return reader.get("/api/usage")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("operation").asString().equals("createDocument"))
                .mapToLong(item -> item.path("count").asLong())
                .sum();
    }
}
