package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import dev.semel.maintenance.Maintenance;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the jobs of sync forget and let go of, as clients see it over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncRetentionTest {
    private TestServer server;
    private Client client;

    @BeforeAll
    void start() {
        server = TestServer.start();
        client = server.as("ACME-ADMIN");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String scope(String mode) {
        String scope = "s-" + UUID.randomUUID();
        assertThat(client.post("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"%s\"}".formatted(scope, mode))
                        .status())
                .isEqualTo(201);
        return scope;
    }

    private Answer push(String scope, String... ops) {
        Answer answer = client.post(
                "/v1/sync/push",
                "{\"scope\":\"%s\",\"clientChangesetId\":\"%s\",\"ops\":[%s]}"
                        .formatted(scope, UUID.randomUUID(), String.join(",", ops)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String put(String fileId, long base, String content) {
        return """
                {"type":"upsert","fileId":"%s","serverPath":"%s.md","baseVersion":%d,"content":"%s"}""".formatted(fileId, fileId, base, content);
    }

    private static String delete(String fileId, long base) {
        return "{\"type\":\"delete\",\"fileId\":\"%s\",\"baseVersion\":%d}".formatted(fileId, base);
    }

    private Answer pull(String scope, String cursor) {
        return client.post("/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":\"%s\"}".formatted(scope, cursor));
    }

    private String cursor(String scope) {
        return pull(scope, "0").json().path("newCursor").asString();
    }

    private void run(String job) {
        try {
            server.bean(Maintenance.class).runNow(job);
        } catch (Exception e) {
            throw new IllegalStateException(job, e);
        }
    }

    private String value(String sql) {
        return server.database().query(sql);
    }

    @Test
    void clientBelowTheFloorIsSentToTheManifestAndGoesOnFromThere() {
        String scope = scope("direct");
        push(scope, put("a", 0, "A"), put("b", 0, "B"));
        String old = cursor(scope);
        push(scope, put("a", 1, "A2"));
        push(scope, delete("b", 1));
        push(scope, put("c", 0, "C"));
        String young = cursor(scope);
        server.database()
                .execute(
                        "UPDATE semel_sync.file_changes SET changed_at = changed_at - interval '91 days' WHERE scope = '"
                                + scope + "'");
        push(scope, put("c", 1, "C2"));

        run("forget-changes");

        Answer expired = pull(scope, old);
        assertThat(expired.status()).as(expired.text()).isEqualTo(410);
        assertThat(expired.code()).isEqualTo("CURSOR_EXPIRED");
        String manifestUrl = expired.json().path("manifestUrl").asString();
        JsonNode manifest = client.get(manifestUrl).json();
        assertThat(manifest.path("items").values())
                .extracting(item -> item.path("fileId").asString() + " "
                        + item.path("version").asInt())
                .containsExactly("a 2", "c 2");
        assertThat(manifest.path("hash").asString())
                .isEqualTo(ContentHash.of(
                        "a\t2\t" + ContentHash.of("A2") + "\ta.md\n" + "c\t2\t" + ContentHash.of("C2") + "\tc.md\n"));
        Answer news = pull(scope, manifest.path("pullCursor").asString());
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.json().path("changes")).isEmpty();
        assertThat(news.json().path("floor").asInt()).isEqualTo(4);
        assertThat(pull(scope, young).json().path("changes").values())
                .as("whoever is not below the floor misses nothing")
                .extracting(change -> change.path("fileId").asString() + " "
                        + change.path("version").asInt())
                .containsExactly("c 2");
        assertThat(push(scope, put("b", 2, "again"))
                        .json()
                        .at("/results/0/newVersion")
                        .asInt())
                .as("its number was not forgotten")
                .isEqualTo(3);
    }

    @Test
    void jobsTellThatTheyRanAndWhatIsLeft() {
        run("forget-changes");
        run("release-contents");
        for (String job : List.of("forget-changes", "release-contents")) {
            Pattern ran = Pattern.compile(
                    "maintenance_last_success_timestamp_seconds\\{[^}]*job=\"" + job + "\"[^}]*} [1-9]");
            Pattern leftNothing = Pattern.compile("maintenance_eligible_rows\\{[^}]*job=\"" + job + "\"[^}]*} 0\\.0");
            // The gauges show what was read from the database last.
            TestDatabase.await(job, () -> {
                String metrics =
                        server.as("ACME-OPERATOR").get("/actuator/prometheus").text();
                return ran.matcher(metrics).find()
                        && leftNothing.matcher(metrics).find();
            });
        }
    }

    private String proposed(String scope, String... ops) {
        return push(scope, ops).json().at("/changeset/id").asString();
    }

    private String holders(String content) {
        return value("SELECT coalesce(string_agg(holder, ' ' ORDER BY holder), '') FROM semel_documents.blob_holds"
                + " WHERE blob_hash = '" + ContentHash.of(content) + "'");
    }

    private void close(String changeset) {
        assertThat(client.post("/v1/changesets/" + changeset + "/withdraw", "{}")
                        .status())
                .isEqualTo(201);
    }

    private void age(String changeset) {
        server.database()
                .execute("UPDATE semel_sync.changesets SET changed_at = changed_at - interval '91 days' WHERE id = '"
                        + changeset + "'");
    }

    /** Of one that is open, of main, and of one that was closed lately everything stays. */
    @Test
    void contentsOfWhatWasClosedLongAgoAreLetGoAndNothingElseIs() {
        String scope = scope("reviewed");
        String lost = "lost ".repeat(4_000);
        String shared = "shared ".repeat(4_000);
        String published = "published ".repeat(4_000);
        String closed = proposed(scope, put("a", 0, lost), put("b", 0, shared));
        String open = proposed(scope, put("c", 0, shared));
        String lately = proposed(scope, put("d", 0, lost + "lately"));
        String done = proposed(scope, put("e", 0, published));
        String hash = client.post(
                        "/v1/changesets/" + done + "/decisions",
                        "{\"revision\":1,\"decisions\":[{\"fileId\":\"e\",\"action\":\"accept\"}]}")
                .json()
                .path("decisionsHash")
                .asString();
        assertThat(client.post(
                                "/v1/changesets/" + done + "/publish",
                                "{\"expectedRevision\":1,\"decisionsHash\":\"" + hash + "\"}")
                        .status())
                .isEqualTo(201);
        close(closed);
        close(lately);
        age(closed);
        age(open);
        age(done);
        assertThat(holders(lost)).isEqualTo("changeset:" + closed);

        run("release-contents");

        assertThat(holders(lost)).isEmpty();
        assertThat(holders(shared)).isEqualTo("changeset:" + open);
        assertThat(holders(lost + "lately")).isEqualTo("changeset:" + lately);
        assertThat(holders(published)).as("its version keeps it").isEmpty();

        server.database().execute("UPDATE semel_documents.blobs SET put_at = put_at - interval '30 days'");
        run("collect-blobs");
        assertThat(client.get("/v1/blobs/" + ContentHash.of(lost)).status()).isEqualTo(404);
        assertThat(client.get("/v1/blobs/" + ContentHash.of(shared)).status()).isEqualTo(200);
        assertThat(client.get("/v1/blobs/" + ContentHash.of(published)).status())
                .isEqualTo(200);

        Answer file = client.get("/v1/changesets/" + closed + "/files/a");
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.json().path("incoming").isNull()).isTrue();
        assertThat(client.get("/v1/changesets/" + closed + "/files/a/diff").status())
                .isEqualTo(404);
        assertThat(client.get("/v1/changesets/" + closed + "/files/b")
                        .json()
                        .path("incoming")
                        .asString())
                .isEqualTo(shared);
        assertThat(client.get("/v1/changesets/" + lately + "/files/d")
                        .json()
                        .path("incoming")
                        .asString())
                .isEqualTo(lost + "lately");
    }
}
