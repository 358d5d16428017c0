package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.lease.Lease;
import dev.semel.lease.Leases;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Review and publish over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReviewRoutesTest {
    private TestServer server;
    private Client writer;
    private Client reviewer;
    private Client publisher;
    private Client admin;

    @BeforeAll
    void start() {
        server = TestServer.startWith("acme:wim:writer:W,acme:rob:reviewer:R,acme:pam:publisher:P,acme:ada:admin:A");
        writer = server.as("W");
        reviewer = server.as("R");
        publisher = server.as("P");
        admin = server.as("A");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String scope(boolean separationOfDuties) {
        String scope = "s-" + UUID.randomUUID();
        assertThat(admin.post(
                                "/v1/scopes",
                                "{\"scope\":\"%s\",\"mode\":\"reviewed\",\"separationOfDuties\":%s}"
                                        .formatted(scope, separationOfDuties))
                        .status())
                .isEqualTo(201);
        return scope;
    }

    private static String put(String fileId, String path, long base, String content) {
        return """
                {"type":"upsert","fileId":"%s","serverPath":"%s","baseVersion":%d,"content":"%s"}""".formatted(fileId, path, base, content);
    }

    private Answer push(Client client, String scope, String more, String... ops) {
        return client.post(
                "/v1/sync/push",
                "{\"scope\":\"%s\",\"clientChangesetId\":\"%s\",%s\"ops\":[%s]}"
                        .formatted(scope, UUID.randomUUID(), more, String.join(",", ops)));
    }

    /** The path of a new changeset. */
    private String proposed(String scope, String... ops) {
        Answer pushed = push(writer, scope, "", ops);
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        return "/v1/changesets/" + pushed.json().at("/changeset/id").asString();
    }

    private Answer decide(Client client, String changeset, int revision, String... decisions) {
        return client.post(
                changeset + "/decisions",
                "{\"revision\":%d,\"decisions\":[%s]}".formatted(revision, String.join(",", decisions)));
    }

    private static String decision(String fileId, String action) {
        return "{\"fileId\":\"%s\",\"action\":\"%s\"}".formatted(fileId, action);
    }

    private static String reject(String fileId) {
        return "{\"fileId\":\"%s\",\"action\":\"reject\",\"reason\":\"no\"}".formatted(fileId);
    }

    private Answer publish(String changeset, String more) {
        JsonNode view = view(changeset);
        return publisher.post(changeset + "/publish", """
                {"targetBranch":"main","expectedRevision":%d,"decisionsHash":"%s"%s}""".formatted(
                view.path("revision").asInt(), view.path("decisionsHash").asString(), more));
    }

    private JsonNode view(String changeset) {
        Answer answer = reviewer.get(changeset);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String status(String changeset) {
        return view(changeset).path("status").asString();
    }

    private List<String> report(JsonNode report) {
        return report.path("files").values().stream()
                .map(file -> file.path("fileId").asString() + " "
                        + file.path("status").asString()
                        + (file.has("conflict") ? " " + file.path("conflict").asString() : "")
                        + (file.has("version") ? " " + file.path("version").asInt() : ""))
                .toList();
    }

    private List<String> main(String scope) {
        return writer
                .post("/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":0}".formatted(scope))
                .json()
                .path("changes")
                .values()
                .stream()
                .map(file -> file.path("serverPath").asString() + " "
                        + (file.path("deleted").asBoolean()
                                ? "✗"
                                : file.path("content").asString()))
                .sorted()
                .toList();
    }

    /** What is published at once. */
    private void published(String scope, String... ops) {
        String changeset = proposed(scope, ops);
        view(changeset)
                .path("files")
                .values()
                .forEach(file -> assertThat(decide(
                                        reviewer,
                                        changeset,
                                        1,
                                        decision(file.path("fileId").asString(), "accept"))
                                .status())
                        .isEqualTo(201));
        Answer answer = publish(changeset, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("published");
    }

    @Test
    void changesetIsReviewedAndPublished() {
        String scope = scope(true);
        String changeset =
                proposed(scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"), put("c", "c.md", 0, "C"));
        assertThat(status(changeset)).isEqualTo("proposed");
        Answer decided = decide(
                reviewer,
                changeset,
                1,
                decision("a", "accept"),
                "{\"fileId\":\"b\",\"action\":\"amend\",\"content\":\"B, better\"}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(201);
        assertThat(decided.json().path("status").asString()).isEqualTo("reviewing");
        assertThat(decide(reviewer, changeset, 1, reject("c"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("ready");
        assertThat(main(scope)).isEmpty();

        Answer report = publish(changeset, "");
        assertThat(report.status()).as(report.text()).isEqualTo(201);
        assertThat(report(report.json())).containsExactly("a published 1", "b published 1", "c rejected");
        assertThat(status(changeset)).isEqualTo("published");
        assertThat(main(scope)).containsExactly("a.md A", "b.md B, better");
        assertThat(view(changeset).path("history").values())
                .extracting(entry ->
                        entry.path("event").asString() + " " + entry.path("by").asString())
                .containsExactly("pushed wim", "decided rob", "decided rob", "published pam");
        assertThat(reviewer.get("/v1/changesets?scope=" + scope + "&status=published")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(reviewer.get("/v1/changesets?scope=" + scope + "&status=proposed")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void samePublishAgainHasTheSameReport() {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"));
        decide(reviewer, changeset, 1, decision("a", "accept"));
        JsonNode view = view(changeset);
        String body = """
                {"expectedRevision":1,"decisionsHash":"%s"}""".formatted(view.path("decisionsHash").asString());
        Answer first = publisher.post(changeset + "/publish", body, "key-1-" + scope);
        Answer replay = publisher.post(changeset + "/publish", body, "key-1-" + scope);
        Answer other = publisher.post(changeset + "/publish", body, "key-2-" + scope);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.text()).isEqualTo(first.text());
        assertThat(other.json()).isEqualTo(first.json());
        assertThat(main(scope)).containsExactly("a.md A");
    }

    @Test
    void conflictsStayBehindOrStopAllAndARebaseResolvesThem() {
        String scope = scope(false);
        published(scope, put("a", "a.md", 0, "one\\ntwo\\nthree\\n"), put("b", "b.md", 0, "B"));
        String changeset = proposed(
                scope,
                put("a", "a.md", 1, "one\\ntwo\\nthree, mine\\n"),
                put("b", "b.md", 1, "B2"),
                put("c", "c.md", 0, "C"));
        published(scope, put("a", "a.md", 1, "one, theirs\\ntwo\\nthree\\n"));
        decide(reviewer, changeset, 1, decision("a", "accept"), decision("b", "accept"), decision("c", "accept"));
        assertThat(view(changeset).at("/files/0/flags/0").asString()).isEqualTo("behind");

        Answer atomic = publish(changeset, ",\"mode\":\"atomic\"");
        assertThat(atomic.status()).isEqualTo(409);
        assertThat(atomic.code()).isEqualTo("PUBLISH_CONFLICT");
        Answer preview = publish(changeset, ",\"validateOnly\":true");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(main(scope)).containsExactly("a.md one, theirs\ntwo\nthree\n", "b.md B");

        Answer partial = publish(changeset, "");
        assertThat(report(partial.json())).containsExactly("a conflict BASE_CHANGED", "b published 2", "c published 1");
        assertThat(report(preview.json())).isEqualTo(report(partial.json()));
        assertThat(status(changeset)).isEqualTo("reviewing");

        Answer rebased = writer.post(changeset + "/rebase", "{}");
        assertThat(rebased.status()).as(rebased.text()).isEqualTo(201);
        assertThat(rebased.json().path("revision").asInt()).isEqualTo(2);
        Answer finished = publish(changeset, "");
        assertThat(finished.status()).as(finished.text()).isEqualTo(201);
        assertThat(report(finished.json()))
                .containsExactly("a published 3", "b already_published 2", "c already_published 1");
        assertThat(status(changeset)).isEqualTo("published");
        assertThat(main(scope)).containsExactly("a.md one, theirs\ntwo\nthree, mine\n", "b.md B2", "c.md C");
    }

    @Test
    void rebaseThatIsNotCleanTellsWhere() {
        String scope = scope(false);
        published(scope, put("a", "a.md", 0, "one\\n"));
        String changeset = proposed(scope, put("a", "a.md", 1, "mine\\n"));
        published(scope, put("a", "a.md", 1, "theirs\\n"));
        Answer rebase = writer.post(changeset + "/rebase", "{}");
        assertThat(rebase.status()).isEqualTo(409);
        assertThat(rebase.code()).isEqualTo("REBASE_CONFLICT");
        assertThat(rebase.json().at("/results/0/status").asString()).isEqualTo("base_changed");
        assertThat(rebase.json().at("/results/0/hunks")).hasSize(1);
    }

    @Test
    void illegalStepsTellWhatIsAllowed() {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"));
        Answer early = publish(changeset, "");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("INVALID_STATE");
        assertThat(early.json().path("allowed").values())
                .extracting(JsonNode::asString)
                .contains("decide", "withdraw", "rebase", "revise")
                .doesNotContain("publish", "revert");
        assertThat(writer.post(changeset + "/revert", "{}").code()).isEqualTo("INVALID_STATE");
        assertThat(writer.post(changeset + "/withdraw", "{}")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("withdrawn");
        assertThat(decide(reviewer, changeset, 1, decision("a", "accept")).code())
                .isEqualTo("INVALID_STATE");
        assertThat(push(
                                writer,
                                scope,
                                "\"changesetId\":\"" + changeset.substring(15) + "\",",
                                put("a", "a.md", 0, "A2"))
                        .code())
                .isEqualTo("INVALID_STATE");
    }

    @Test
    void rolesAndDutiesAreApart() {
        String scope = scope(true);
        String own = "/v1/changesets/"
                + push(admin, scope, "", put("a", "a.md", 0, "A"))
                        .json()
                        .at("/changeset/id")
                        .asString();
        Answer self = decide(admin, own, 1, decision("a", "accept"));
        assertThat(self.status()).isEqualTo(403);
        assertThat(self.code()).isEqualTo("SELF_REVIEW_FORBIDDEN");
        assertThat(decide(writer, own, 1, decision("a", "accept")).code()).isEqualTo("FORBIDDEN");
        assertThat(writer.post(own + "/withdraw", "{}").code()).isEqualTo("NOT_THE_AUTHOR");
        assertThat(reviewer.post(own + "/publish", "{}").code()).isEqualTo("FORBIDDEN");
        assertThat(decide(reviewer, own, 1, decision("a", "accept")).status()).isEqualTo(201);
    }

    @Test
    void decisionsAreABatchAndOnWhatWasSeen() {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        Answer wrong = decide(reviewer, changeset, 1, decision("a", "accept"), decision("nowhere", "accept"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(view(changeset).at("/files/0/decision").isNull()).isTrue();
        assertThat(decide(reviewer, changeset, 2, decision("a", "accept")).code())
                .isEqualTo("REVISION_CHANGED");

        String tag = reviewer.get(changeset).header("ETag");
        assertThat(decideIf(changeset, tag).status()).isEqualTo(201);
        Answer late = decideIf(changeset, tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("PRECONDITION_FAILED");
        assertThat(decide(reviewer, changeset, 1, decision("a", "clear"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("proposed");
        assertThat(decide(reviewer, changeset, 1, "{\"fileId\":\"a\",\"action\":\"reject\"}")
                        .status())
                .isEqualTo(400);
        assertThat(decide(reviewer, changeset, 1, reject("a"), reject("b"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("rejected");
    }

    private Answer decideIf(String changeset, String tag) {
        return reviewer.send(reviewer.request(changeset + "/decisions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", tag)
                .POST(BodyPublishers.ofString("{\"revision\":1,\"decisions\":[" + decision("a", "accept") + "]}")));
    }

    @Test
    void newRevisionKeepsDecisionsOfWhatIsTheSame() {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        decide(reviewer, changeset, 1, decision("a", "accept"), decision("b", "accept"));
        Answer revised = push(
                writer,
                scope,
                "\"changesetId\":\"" + changeset.substring(15) + "\",",
                put("a", "a.md", 0, "A"),
                put("b", "b.md", 0, "B2"));
        assertThat(revised.status()).as(revised.text()).isEqualTo(201);
        assertThat(revised.json().at("/changeset/revision").asInt()).isEqualTo(2);
        JsonNode view = view(changeset);
        assertThat(view.path("status").asString()).isEqualTo("reviewing");
        assertThat(view.at("/files/0/decision").asString()).isEqualTo("accept");
        assertThat(view.at("/files/1/decision").isNull()).isTrue();
    }

    @Test
    void newChangesetTakesThePlaceOfAnother() {
        String scope = scope(false);
        String old = proposed(scope, put("a", "a.md", 0, "A"));
        Answer pushed = push(writer, scope, "\"supersedes\":\"" + old.substring(15) + "\",", put("a", "a.md", 0, "A2"));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.json().at("/changeset/status").asString()).isEqualTo("proposed");
        assertThat(status(old)).isEqualTo("superseded");
    }

    @Test
    void whoPublishesWhileAnotherDoesIsToldToComeBack() {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"));
        decide(reviewer, changeset, 1, decision("a", "accept"));
        try (Lease held = server.bean(Leases.class)
                .tryAcquire("acme", "sync-publish:" + scope, Duration.ofMinutes(1))
                .orElseThrow()) {
            assertThat(held.fence()).isPositive();
            Answer busy = publish(changeset, "");
            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.code()).isEqualTo("PUBLISH_IN_PROGRESS");
            assertThat(busy.header("Retry-After")).isNotEmpty();
        }
        assertThat(publish(changeset, "").status()).isEqualTo(201);
    }

    /** The first one stands still inside its transaction, for as long as somebody else has locked the changeset. */
    @Test
    void ofTwoWhoPublishAtOnceOneWinsAndTheOtherIsToldToComeBack() throws Exception {
        String scope = scope(false);
        String changeset = proposed(scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        decide(reviewer, changeset, 1, decision("a", "accept"), decision("b", "accept"));
        CompletableFuture<Answer> first;
        try (Connection other = server.database().connect()) {
            other.setAutoCommit(false);
            try (var lock = other.prepareStatement("SELECT FROM semel_sync.changesets WHERE id = ?::uuid FOR UPDATE")) {
                lock.setString(1, changeset.substring(15));
                lock.execute();
            }
            first = CompletableFuture.supplyAsync(() -> publish(changeset, ""));
            TestDatabase.await(
                    "the first one waits in its transaction",
                    () -> server.database()
                            .query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock' AND query LIKE '%semel_sync.changesets%'")
                            .equals("1"));
            for (String mode : List.of("", ",\"mode\":\"atomic\"")) {
                Answer second = publish(changeset, mode);
                assertThat(second.status()).as(second.text()).isEqualTo(409);
                assertThat(second.code()).isEqualTo("PUBLISH_IN_PROGRESS");
                assertThat(second.json().path("retryable").asBoolean()).isTrue();
                assertThat(Integer.parseInt(second.header("Retry-After"))).isPositive();
            }
            assertThat(main(scope)).isEmpty();
            other.rollback();
        }
        assertThat(first.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);

        assertThat(publish(changeset, "").json()).isEqualTo(first.get().json());
        assertThat(server.database()
                        .query("SELECT string_agg(file_id || ' ' || version, ',' ORDER BY seq, ord) FROM"
                                + " semel_sync.file_changes WHERE scope = '" + scope + "'"))
                .isEqualTo("a 1,b 1");
    }

    @Test
    void revertTakesBackAndDiffsAreReadable() {
        String scope = scope(false);
        published(scope, put("a", "a.md", 0, "one\\n"));
        String changeset = proposed(scope, put("a", "a.md", 1, "two\\n"), put("b", "b.md", 0, "B"));
        assertThat(reviewer.get(changeset + "/files/a/diff").text())
                .isEqualTo("--- a/a.md\n+++ b/a.md\n@@ -1,1 +1,1 @@\n-one\n+two\n");
        JsonNode texts = reviewer.get(changeset + "/files/a").json();
        assertThat(texts.path("base").asString()).isEqualTo("one\n");
        assertThat(texts.path("incoming").asString()).isEqualTo("two\n");
        decide(reviewer, changeset, 1, decision("a", "accept"), decision("b", "accept"));
        assertThat(publish(changeset, "").status()).isEqualTo(201);

        Answer reverted = writer.post(changeset + "/revert", "{}");
        assertThat(reverted.status()).as(reverted.text()).isEqualTo(201);
        String inverse = "/v1/changesets/" + reverted.json().at("/changeset/id").asString();
        assertThat(view(inverse).path("reverts").asString()).isEqualTo(changeset.substring(15));
        decide(reviewer, inverse, 1, decision("a", "accept"), decision("b", "accept"));
        assertThat(publish(inverse, "").status()).isEqualTo(201);
        assertThat(main(scope)).containsExactly("a.md one\n", "b.md ✗");
    }
}
