package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sync over HTTP. */
class SyncRoutesTest {
    private final TestServer server = TestServer.shared();
    private final Client writer = server.as("ACME-WRITER");
    private final Client reader = server.as("ACME-READER");

    private String scope(String mode) {
        String scope = "s-" + UUID.randomUUID();
        Answer made = writer.post("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"%s\"}".formatted(scope, mode));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return scope;
    }

    /** Without any Idempotency-Key. */
    private Answer post(Client client, String path, String body) {
        return client.send(
                client.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private Answer push(String scope, String id, String... ops) {
        return post(writer, "/v1/sync/push", """
                {"scope":"%s","clientChangesetId":"%s","targetBranch":"main","ops":[%s]}""".formatted(scope, id, String.join(",", ops)));
    }

    private static String put(String fileId, String path, long base, String content) {
        return """
                {"type":"upsert","fileId":"%s","serverPath":"%s","baseVersion":%d,"content":"%s"}""".formatted(fileId, path, base, content);
    }

    private static String delete(String fileId, String path, long base) {
        return """
                {"type":"delete","fileId":"%s","serverPath":"%s","baseVersion":%d}""".formatted(fileId, path, base);
    }

    private Answer pull(String scope, String since) {
        return post(reader, "/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":%s}".formatted(scope, since));
    }

    private static String quoted(JsonNode text) {
        return "\"" + text.asString() + "\"";
    }

    @Test
    void scopesAreMadeOnceAndListed() {
        String scope = scope("reviewed");
        Answer again = writer.post("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"direct\"}".formatted(scope));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("SCOPE_EXISTS");
        assertThat(reader.get("/v1/scopes/" + scope).json().path("mode").asString())
                .isEqualTo("reviewed");
        assertThat(reader.get("/v1/scopes?limit=500").text()).contains(scope);
        assertThat(reader.get("/v1/scopes/nowhere").status()).isEqualTo(404);
        assertThat(writer.post("/v1/scopes", "{\"scope\":\"a b\",\"mode\":\"direct\"}")
                        .code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(reader.post("/v1/scopes", "{\"scope\":\"x\",\"mode\":\"direct\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void filesGoUpAndComeDown() {
        String scope = scope("direct");
        Answer pushed = push(scope, "one", put("a", "a.md", 0, "# A\\n"), put("b", "dir/b.md", 0, "B"));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.json().at("/changeset/status").asString()).isEqualTo("published");
        assertThat(pushed.json().at("/results/1/newVersion").asInt()).isEqualTo(1);
        assertThat(pushed.json().at("/mainHead").asInt()).isEqualTo(1);

        Answer again = push(scope, "one", put("b", "dir/b.md", 0, "B"), put("a", "a.md", 0, "# A\\n"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(pushed.text());
        Answer other = push(scope, "one", put("a", "a.md", 0, "other"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("CLIENT_CHANGESET_ID_REUSED");
        Answer nameless = post(
                writer, "/v1/sync/push", "{\"scope\":\"%s\",\"ops\":[%s]}".formatted(scope, put("c", "c.md", 0, "C")));
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(nameless.code()).isEqualTo("CLIENT_CHANGESET_ID_REQUIRED");

        JsonNode first = pull(scope, "0").json();
        assertThat(first.path("changes").values())
                .extracting(file -> file.path("serverPath").asString() + " "
                        + file.path("content").asString())
                .containsExactly("a.md # A\n", "dir/b.md B");
        assertThat(first.path("hasMore").asBoolean()).isFalse();
        assertThat(push(scope, "two", delete("b", "dir/b.md", 1)).status()).isEqualTo(201);
        JsonNode second = pull(scope, quoted(first.path("newCursor"))).json();
        assertThat(second.at("/changes/0/fileId").asString()).isEqualTo("b");
        assertThat(second.at("/changes/0/deleted").asBoolean()).isTrue();
        assertThat(second.at("/changes/0/deletedAt").asString()).endsWith("Z");
        assertThat(pull(scope, quoted(second.path("newCursor"))).json().path("changes"))
                .isEmpty();

        JsonNode status = reader.get("/v1/sync/status?scope=" + scope).json();
        assertThat(status.path("head").asInt()).isEqualTo(2);
        assertThat(status.path("files").asInt()).isEqualTo(1);
        JsonNode manifest = reader.get("/v1/scopes/" + scope + "/manifest").json();
        assertThat(manifest.at("/items/0/fileId").asString()).isEqualTo("a");
        assertThat(manifest.path("hash").asString())
                .isEqualTo(ContentHash.of("a\t1\t" + ContentHash.of("# A\n") + "\ta.md\n"));
    }

    @Test
    void conflictsAreListedFileByFile() {
        String scope = scope("direct");
        push(scope, "one", put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        push(scope, "two", put("a", "a.md", 1, "A2"));

        Answer stale = push(scope, "three", put("a", "a.md", 1, "of three, a"), put("b", "b.md", 1, "of three, b"));

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("BASE_VERSION_CONFLICT");
        assertThat(stale.json().path("results").values())
                .extracting(result -> result.path("fileId").asString() + " "
                        + result.path("status").asString() + " "
                        + result.path("serverVersion").asInt())
                .containsExactly("a conflict 2", "b ok 1");
        assertThat(pull(scope, "0").text()).doesNotContain("of three");
        assertThat(push(scope, "four", delete("nowhere", "x.md", 0)).status()).isEqualTo(404);
    }

    @Test
    void validateOnlyTellsTheSameAndWritesNothing() {
        String scope = scope("direct");
        push(scope, "one", put("a", "a.md", 0, "A"));
        String before = rows();
        String body = """
                {"scope":"%s","clientChangesetId":"two","validateOnly":true,"ops":[%s]}""";

        Answer good = post(writer, "/v1/sync/push", body.formatted(scope, put("a", "a.md", 1, "x".repeat(20_000))));
        Answer bad = post(writer, "/v1/sync/push", body.formatted(scope, put("a", "a.md", 7, "A2")));

        assertThat(good.status()).as(good.text()).isEqualTo(200);
        assertThat(good.json().path("changeset").isNull()).isTrue();
        assertThat(good.json().at("/results/0/status").asString()).isEqualTo("ok");
        assertThat(bad.code()).isEqualTo("BASE_VERSION_CONFLICT");
        assertThat(rows()).isEqualTo(before);
        assertThat(push(scope, "two", put("a", "a.md", 1, "really")).status()).isEqualTo(201);
    }

    private String rows() {
        return server.database().query("""
                SELECT (SELECT count(*) FROM semel.idempotency_keys) || ' ' || (SELECT count(*) FROM semel.idempotent_write_audit_log)
                    || ' ' || (SELECT count(*) FROM semel_documents.blobs) || ' ' || (SELECT count(*) FROM semel_sync.changesets)""");
    }

    @Test
    void largeContentGoesFirstByItsHash() {
        String scope = scope("direct");
        byte[] bytes = "large line\n".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        String hash = ContentHash.of(bytes);
        String named = """
                {"type":"upsert","fileId":"big","serverPath":"big.md","baseVersion":0,"contentHash":"%s"}""".formatted(hash);

        assertThat(push(scope, "one", named).code()).isEqualTo("CONTENT_UNKNOWN");
        Answer missing = post(reader, "/v1/blobs/missing", "{\"hashes\":[\"%s\",\"%s\"]}".formatted(hash, hash));
        assertThat(missing.json().path("missing").values()).hasSize(1);
        assertThat(writer.send(writer.request("/v1/blobs/" + hash).PUT(BodyPublishers.ofByteArray(bytes)))
                        .status())
                .isEqualTo(200);
        assertThat(post(reader, "/v1/blobs/missing", "{\"hashes\":[\"%s\"]}".formatted(hash))
                        .json()
                        .path("missing"))
                .isEmpty();
        assertThat(push(scope, "one", named).status()).isEqualTo(201);
        JsonNode file = pull(scope, "0").json().at("/changes/0");
        assertThat(file.path("blob").asString()).isEqualTo(hash);
        assertThat(file.has("content")).isFalse();
        assertThat(reader.get("/v1/blobs/" + hash).response().body()).isEqualTo(bytes);
        assertThat(server.as("GLOBEX-ADMIN").get("/v1/blobs/" + hash).status()).isEqualTo(404);
    }

    @Test
    void waitingPullIsAnsweredWhenThereIsSomething() {
        String scope = scope("direct");
        String cursor = quoted(pull(scope, "0").json().path("newCursor"));
        long start = System.nanoTime();
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> post(
                reader, "/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":%s,\"wait\":20}".formatted(scope, cursor)));
        push(scope, "one", put("a", "a.md", 0, "A"));
        Answer answer = waiting.join();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/changes/0/fileId").asString()).isEqualTo("a");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));

        String next = quoted(answer.json().path("newCursor"));
        Answer nothing = post(
                reader, "/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":%s,\"wait\":1}".formatted(scope, next));
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.json().path("changes")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"scope\":\"SCOPE\",\"sinceCursor\":\"x\"}', 400, CURSOR_INVALID",
        "'{\"scope\":\"SCOPE\",\"sinceCursor\":1}', 400, CURSOR_INVALID",
        "'{\"scope\":\"SCOPE\",\"sinceCursor\":{\"a\":1}}', 400, CURSOR_INVALID",
        "'{\"scope\":\"SCOPE\",\"limit\":0}', 400, VALIDATION_FAILED",
        "'{\"scope\":\"SCOPE\",\"wait\":-1}', 400, VALIDATION_FAILED",
        "'{\"scope\":\"SCOPE\",\"unknown\":1}', 400, VALIDATION_FAILED",
        "'{\"sinceCursor\":0}', 400, VALIDATION_FAILED",
        "'{\"scope\":null}', 400, VALIDATION_FAILED",
        "'{\"scope\":\"no\\u0000where\"}', 400, MALFORMED_JSON",
        "'{\"scope\":\"nowhere\"}', 404, NOT_FOUND",
        "'nonsense', 400, MALFORMED_JSON",
        "'[]', 400, VALIDATION_FAILED"
    })
    void hostilePullsAreRefused(String body, int status, String code) {
        Answer answer = post(reader, "/v1/sync/pull", body.replace("SCOPE", scope("direct")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.md",
                "/a.md",
                "a//b.md",
                "a/./b.md",
                "C:/a.md",
                "//host/a.md",
                "a\\\\b.md",
                "con.md",
                "a/NUL",
                "a./b",
                "a /b",
                ".git/config",
                "git~1/x",
                ".semel/x",
                "a:b",
                "a*b",
                "a\\u202eb",
                "a\\u200bb",
                "a\\u0007b",
                "e\\u0301.md",
                ""
            })
    void pathTricksAreRefusedAndNothingIsStored(String path) {
        String scope = scope("direct");
        Answer answer = push(scope, "one", put("good", "good.md", 0, "A"), put("bad", path, 0, "B"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/ops/1/serverPath");
        assertThat(answer.json().at("/errors/0/detail").asString()).contains("PATH_INVALID");
        assertThat(pull(scope, "0").json().path("changes")).isEmpty();
    }

    @Test
    void tooMuchIsRefused() {
        String scope = scope("direct");
        String many = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i -> put("f" + i, "f" + i + ".md", 0, "x"))
                .collect(Collectors.joining(","));
        assertThat(push(scope, "one", many).status()).isEqualTo(413);
        assertThat(push(scope, "one", put("a", "a.md", 0, "x".repeat((2 << 20) + 1)))
                        .code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(push(scope, "one", put("a", "a.md", 0, "x".repeat(33 << 20))).status())
                .isEqualTo(413);
        assertThat(push(scope, "one", put("a", "a.md", 0, "nul \\u0000")).status())
                .isEqualTo(400);
        assertThat(push(scope, "one", put("a", "a.md", 0, "half \\ud800")).status())
                .isEqualTo(400);
        assertThat(push(scope, "one", put("a b", "a.md", 0, "x")).status()).isEqualTo(400);
        assertThat(push(scope, "one").status()).isEqualTo(400);
        assertThat(post(
                                writer,
                                "/v1/sync/push",
                                "{\"scope\":\"%s\",\"clientChangesetId\":\"one\",\"message\":\"\\u0000\",\"ops\":[%s]}"
                                        .formatted(scope, put("a", "a.md", 0, "x")))
                        .status())
                .isEqualTo(400);
        assertThat(pull(scope, "0").json().path("changes")).isEmpty();
        assertThat(push(scope, "one", put("a", "a.md", 0, "fine")).status()).isEqualTo(201);
    }

    @Test
    void proposalLeavesMainAsItIs() {
        String scope = scope("reviewed");
        Answer pushed = push(scope, "one", put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B ".repeat(9_000)));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.json().at("/changeset/status").asString()).isEqualTo("proposed");
        assertThat(pushed.json().at("/results").values())
                .extracting(result -> result.path("status").asString())
                .isEqualTo(List.of("ok", "ok"));
        assertThat(pull(scope, "0").json().path("changes")).isEmpty();
        assertThat(reader.get("/v1/sync/status?scope=" + scope)
                        .json()
                        .path("openChangesets")
                        .asInt())
                .isEqualTo(1);
    }
}
