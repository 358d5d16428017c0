package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of sync should not send, and what is too much of what they may: clear codes, and nothing stored. */
class SyncHostileTest {
    private final TestServer server = TestServer.shared();
    private final Client client = server.as("ACME-ADMIN");

    private String scope(String mode) {
        String scope = "s-" + UUID.randomUUID();
        assertThat(client.post("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"%s\"}".formatted(scope, mode))
                        .status())
                .isEqualTo(201);
        return scope;
    }

    private Answer push(String scope, String... ops) {
        return client.post(
                "/v1/sync/push",
                "{\"scope\":\"%s\",\"clientChangesetId\":\"%s\",\"ops\":[%s]}"
                        .formatted(scope, UUID.randomUUID(), String.join(",", ops)));
    }

    private static String put(String fileId, String path, long base, String content) {
        return """
                {"type":"upsert","fileId":"%s","serverPath":"%s","baseVersion":%d,"content":"%s"}""".formatted(fileId, path, base, content);
    }

    private String files(String scope) {
        return server.database()
                .query("SELECT coalesce(string_agg(path, ' ' ORDER BY path), '') FROM semel_sync.files WHERE scope = '"
                        + scope + "'");
    }

    private String changesets(String scope) {
        return server.database().query("SELECT count(*) FROM semel_sync.changesets WHERE scope = '" + scope + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "Docs/a.md, docs/A.md",
        "straße.md, STRASSE.md",
        "ſ.md, s.md",
        "K.md, \u212A.md",
        "a.md, a.md/b.md",
        "a.md/b.md, a.md",
        "\u03C3.md, \u03C2.md"
    })
    void pathsThatCollideAreToldInOnePushAndInTwo(String first, String second) {
        String together = scope("direct");
        Answer both = push(together, put("a", first, 0, "A"), put("b", second, 0, "B"));
        assertThat(both.status()).as(both.text()).isEqualTo(400);
        assertThat(files(together)).isEmpty();

        String apart = scope("direct");
        assertThat(push(apart, put("a", first, 0, "A")).status()).isEqualTo(201);
        Answer late = push(apart, put("b", second, 0, "B"));
        assertThat(late.status()).as(late.text()).isIn(400, 409);
        assertThat(late.code()).isIn("CASE_COLLISION", "PATH_TAKEN", "VALIDATION_FAILED");
        assertThat(files(apart)).isEqualTo(first);
    }

    /** No text of a database holds NUL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sync/status?scope=%00",
                "/v1/scopes/a%00b",
                "/v1/scopes/a%00b/manifest",
                "/v1/scopes/docs/manifest?cursor=%00",
                "/v1/scopes?cursor=%00",
                "/v1/changesets?scope=%00",
                "/v1/changesets?scope=docs&status=%00",
                "/v1/changesets/%00",
                "/v1/changesets/00000000-0000-0000-0000-000000000000/files/%00",
                "/v1/blobs/%00",
                "/api/docs/%00",
                "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fsync-a?scope=%00"
            })
    void namesThatCannotBeAreRefusedOrUnknown(String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isIn(400, 404);
    }

    @Test
    void unfinishedMergesAreRefusedOnEveryWay() {
        String scope = scope("direct");
        String markers = "<<<<<<< mine\\nA\\n=======\\nB\\n>>>>>>> theirs\\n";
        Answer inline = push(scope, put("a", "a.md", 0, markers));
        assertThat(inline.status()).isEqualTo(400);
        assertThat(inline.text()).contains("CONFLICT_MARKERS");

        byte[] bytes = markers.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
        String hash = ContentHash.of(bytes);
        client.send(client.request("/v1/blobs/" + hash).PUT(BodyPublishers.ofByteArray(bytes)));
        Answer named = push(scope, """
                {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":0,"contentHash":"%s"}""".formatted(hash));
        assertThat(named.status()).isEqualTo(400);
        assertThat(named.text()).contains("CONFLICT_MARKERS");
        assertThat(files(scope)).isEmpty();
        assertThat(changesets(scope)).isEqualTo("0");
    }

    private Answer putBlob(String hash, byte[] bytes) {
        return client.send(client.request("/v1/blobs/" + hash).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private boolean isMissing(String hash) {
        return client.post("/v1/blobs/missing", "{\"hashes\":[\"%s\"]}".formatted(hash))
                .text()
                .contains(hash);
    }

    @Test
    void blobsThatAreNoFilesComeNowhere() {
        String scope = scope("direct");
        byte[] large = "x".repeat((10 << 20) + 1).getBytes(StandardCharsets.UTF_8);
        assertThat(putBlob(ContentHash.of(large), large).status()).isEqualTo(413);
        assertThat(isMissing(ContentHash.of(large))).isTrue();
        String other = ContentHash.of("something else " + scope);
        assertThat(putBlob(other, "this".getBytes(StandardCharsets.UTF_8)).status())
                .isIn(400, 409, 422);
        assertThat(isMissing(other)).isTrue();
        for (byte[] bytes : new byte[][] {
            {(byte) 0xc3, 0x28},
            {'a', 0, 'b'},
            "a\r\nb".getBytes(StandardCharsets.UTF_8),
            {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a'}
        }) {
            String hash = ContentHash.of(bytes);
            assertThat(putBlob(hash, bytes).status()).isEqualTo(200);
            Answer pushed = push(scope, """
                    {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":0,"contentHash":"%s"}""".formatted(hash));
            assertThat(pushed.status()).as(pushed.text()).isEqualTo(400);
            assertThat(pushed.code()).isEqualTo("VALIDATION_FAILED");
        }
        assertThat(files(scope)).isEmpty();
        assertThat(changesets(scope)).isEqualTo("0");
    }

    @Test
    void contentIsWhatItsHashSays() {
        String scope = scope("direct");
        Answer wrong = push(scope, """
                {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":0,"content":"A","contentHash":"%s"}""".formatted(ContentHash.of("B")));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("BAD_HASH");
        Answer empty = push(scope, """
                {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":0,"content":"","contentHash":"%s"}""".formatted(ContentHash.of("B")));
        assertThat(empty.code()).isEqualTo("BAD_HASH");
        Answer base = push(scope, """
                {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":1,"baseHash":"md5:1","content":"A"}""");
        assertThat(base.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(files(scope)).isEmpty();
    }

    /** Text is text, however it nests: what it costs to store, to merge and to compare is bounded all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"> ", "[", "* ", "`", "_a", "![](", "|"})
    void markdownBombsCostNoMoreThanTheirSize(String part) {
        String scope = scope("reviewed");
        String bomb = part.repeat(500_000 / part.length());
        long start = System.nanoTime();
        Answer pushed = push(scope, put("a", "a.md", 0, "---\\nx: &a [1]\\ny: [*a, *a]\\n---\\n" + bomb));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        String changeset = "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
        assertThat(client.get(changeset + "/files/a").status()).isEqualTo(200);
        assertThat(client.get(changeset + "/files/a/diff").status()).isIn(200, 422);
        assertThat(client.post(changeset + "/rebase", "{}").status()).isIn(201, 409);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** Of files that are changed on both sides: aliases that multiply, and lines that all look alike. */
    @Test
    void mergeOfBombsComesToAnEnd() {
        String scope = scope("reviewed");
        StringBuilder aliases = new StringBuilder("---\\na0: &a0 [x,x,x,x,x,x,x,x,x]\\n");
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            aliases.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(String.join(",", last, last, last, last, last, last, last, last, last))
                    .append("]\\n");
        }
        String head = aliases.append("---\\n").toString();
        String lines = "x\\ny\\n".repeat(20_000);
        accepted(scope, put("a", "a.md", 0, head + lines));
        String behind = "/v1/changesets/"
                + push(scope, put("a", "a.md", 1, head + "mine\\n" + lines + "y\\nx\\n".repeat(20_000)))
                        .json()
                        .at("/changeset/id")
                        .asString();
        accepted(scope, put("a", "a.md", 1, head + "y\\n" + lines + "theirs\\n"));
        long start = System.nanoTime();
        Answer rebased = client.post(behind + "/rebase", "{}");
        assertThat(rebased.status()).as(rebased.text()).isIn(201, 409);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private void accepted(String scope, String op) {
        String changeset =
                "/v1/changesets/" + push(scope, op).json().at("/changeset/id").asString();
        String hash = client.post(
                        changeset + "/decisions",
                        "{\"revision\":1,\"decisions\":[{\"fileId\":\"a\",\"action\":\"accept\"}]}")
                .json()
                .path("decisionsHash")
                .asString();
        Answer published = client.post(
                changeset + "/publish", "{\"expectedRevision\":1,\"decisionsHash\":\"%s\"}".formatted(hash));
        assertThat(published.status()).as(published.text()).isEqualTo(201);
    }

    /** As large as a push may be, since they amend what was pushed. */
    @Test
    void decisionsOfMoreThanAMegabyteAreTaken() {
        String scope = scope("reviewed");
        Answer pushed = push(scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        String changeset = "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
        String amended = "better ".repeat(200_000);
        String body = """
                {"revision":1,"decisions":[{"fileId":"a","action":"amend","content":"%s"},
                 {"fileId":"b","action":"amend","content":"%s"}]}""".formatted(amended, amended + "b");
        Answer decided = client.post(changeset + "/decisions", body);
        assertThat(decided.status()).as(decided.text()).isEqualTo(201);
        assertThat(client.get(changeset + "/files/b").json().path("amended").asString())
                .isEqualTo(amended + "b");
        Answer tooMuch = client.post(changeset + "/decisions", """
                {"revision":1,"decisions":[{"fileId":"a","action":"amend","content":"%s"}]}""".formatted("x".repeat(33 << 20)));
        assertThat(tooMuch.status()).isEqualTo(413);
        assertThat(tooMuch.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    /** A thousand files with the longest paths that there can be: their report is larger than a megabyte. */
    @Test
    void largestChangesetIsPublishedAndItsReportIsAnsweredAgain() {
        String scope = scope("reviewed");
        String folders = ("f".repeat(250) + "/").repeat(3);
        String[] ops = new String[1_000];
        StringBuilder decisions = new StringBuilder();
        for (int i = 0; i < ops.length; i++) {
            ops[i] = put("f" + i, folders + "x".repeat(240) + i + ".md", 0, "x");
            decisions
                    .append(i == 0 ? "" : ",")
                    .append("{\"fileId\":\"f")
                    .append(i)
                    .append("\",\"action\":\"accept\"}");
        }
        Answer pushed = push(scope, ops);
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        String changeset = "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
        Answer decided = client.post(changeset + "/decisions", "{\"revision\":1,\"decisions\":[" + decisions + "]}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(201);
        String body = "{\"expectedRevision\":1,\"decisionsHash\":\"%s\"}"
                .formatted(decided.json().path("decisionsHash").asString());
        String key = "largest-" + scope;
        Answer published = client.post(changeset + "/publish", body, key);
        assertThat(published.status()).isEqualTo(201);
        assertThat(published.text()).hasSizeGreaterThan(1 << 20);
        Answer again = client.post(changeset + "/publish", body, key);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(published.text());
    }

    @Test
    void articleOfSeveralMegabytesIsTaken() {
        String article = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Flarge-" + UUID.randomUUID();
        Answer made = client.send(client.request(article)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"version\":0,\"content\":\"%s\"}".formatted("word ".repeat(600_000)))));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(client.get(article).json().path("content").asString()).hasSize(3_000_000);
    }

    @Test
    void editPastTheReviewIsRefused() {
        String scope = scope("reviewed");
        String id = "f-" + UUID.randomUUID();
        String changeset = "/v1/changesets/"
                + push(scope, put(id, "a.md", 0, "A"))
                        .json()
                        .at("/changeset/id")
                        .asString();
        String hash = client.post(
                        changeset + "/decisions",
                        "{\"revision\":1,\"decisions\":[{\"fileId\":\"%s\",\"action\":\"accept\"}]}".formatted(id))
                .json()
                .path("decisionsHash")
                .asString();
        client.post(changeset + "/publish", "{\"expectedRevision\":1,\"decisionsHash\":\"%s\"}".formatted(hash));
        String article = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fsync-" + id;
        assertThat(client.get(article).json().path("version").asInt()).isEqualTo(1);

        Answer edited = client.send(client.request(article)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"version\":1,\"content\":\"past the review\"}")));
        Answer deleted = client.send(client.request(article).DELETE());

        for (Answer refused : new Answer[] {edited, deleted}) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("REVIEW_REQUIRED");
            assertThat(refused.json().path("scope").asString()).isEqualTo(scope);
        }
        assertThat(client.get(article).json().path("content").asString()).isEqualTo("A");
    }

    @Test
    void whoWaitsForPathsIsToldToComeBack() throws SQLException {
        String scope = scope("direct");
        try (Connection holder = server.database().connect();
                var lock = holder.prepareStatement(
                        "SELECT pg_advisory_xact_lock(hashtextextended('semel_sync paths acme/' || ?, 0))")) {
            holder.setAutoCommit(false);
            lock.setString(1, scope);
            lock.execute();
            Answer busy = push(scope, put("a", "a.md", 0, "A"));
            assertThat(busy.status()).as(busy.text()).isEqualTo(409);
            assertThat(busy.code()).isEqualTo("PATHS_BUSY");
            assertThat(busy.header("Retry-After")).isNotEmpty();
            holder.rollback();
        }
        assertThat(files(scope)).isEmpty();
    }
}
