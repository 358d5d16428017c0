package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.StormWaves.Misuse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * For each operation of sync five hundred clients ask for the same write at once, and five hundred of fifty tenants for one each. What one
 * operation has made, the next one builds on.
 */
class SyncStormTest {
    private static final Path MODULE = Path.of("..", "services", "sync");
    private static final String FILE = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fsync-d";

    private final TestServer server = TestServer.startWith(StormWaves.tokens());
    private final StormWaves waves = new StormWaves(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sameWriteHasOneEffectAndEachOtherItsOwn() {
        direct();
        reviewed();
        assertThat(waves.operations()).isEqualTo(routed());
    }

    private static Set<String> routed() {
        return BooksManifest.operations(MODULE, route -> true);
    }

    private void direct() {
        waves.wave(
                "createScope.direct",
                "semel_sync.scopes",
                (company, n) -> Order.post("/v1/scopes", "{\"scope\":\"d-" + n + "\",\"mode\":\"direct\"}"));
        waves.wave(
                "pushChangeset.direct",
                "semel_sync.changesets",
                (company, n) -> push("d-" + n, "push", "d" + n, "one"),
                reused(push("d-0", "push", "d0", "other")));
        waves.wave(
                "revertChangeset",
                "semel_sync.changesets WHERE reverts IS NOT NULL",
                (company, n) -> Order.post(
                        "/v1/changesets/" + waves.made("pushChangeset.direct", company, n) + "/revert", "{}"));
        waves.wave(
                "putDoc",
                "semel_sync.file_changes WHERE cause = 'edit' AND NOT deleted",
                (company, n) -> Order.put(FILE + n, "{\"content\":\"two\",\"version\":2}"),
                new Misuse(Order.put(FILE + 0, "{\"content\":\"three\",\"version\":2}"), "IDEMPOTENCY_KEY_REUSED"));
        waves.wave(
                "deleteDoc",
                "semel_sync.file_changes WHERE cause = 'edit' AND deleted",
                (company, n) -> Order.delete(FILE + n));
    }

    private void reviewed() {
        waves.wave(
                "createScope.reviewed",
                "semel_sync.scopes",
                (company, n) -> Order.post("/v1/scopes", "{\"scope\":\"r-" + n + "\",\"mode\":\"reviewed\"}"));
        propose("published");
        waves.wave(
                "decideChangeset",
                "semel_sync.changeset_changes WHERE event = 'decided'",
                (company, n) -> Order.post(changeset("published", company, n) + "/decisions", """
                        {"revision":1,"decisions":[{"fileId":"published","action":"accept"}]}"""));
        waves.wave(
                "rebaseChangeset",
                "semel_sync.changeset_changes WHERE event = 'rebased'",
                (company, n) -> Order.post(changeset("published", company, n) + "/rebase", "{}"));
        waves.wave(
                "publishChangeset",
                "semel_sync.publish_attempts",
                this::publish,
                new Misuse(
                        Order.post(changeset("published", 0, 0) + "/publish", """
                                {"expectedRevision":9,"decisionsHash":"sha256:%s"}""".formatted("0".repeat(64))),
                        "IDEMPOTENCY_KEY_REUSED"));
        assertThat(server.database().query("SELECT count(*) FROM semel_sync.file_changes WHERE cause = 'publish'"))
                .isEqualTo("501");
        propose("withdrawn");
        waves.wave(
                "withdrawChangeset",
                "semel_sync.changeset_changes WHERE event = 'withdrawn'",
                (company, n) -> Order.post(changeset("withdrawn", company, n) + "/withdraw", "{}"));
    }

    private void propose(String file) {
        waves.wave(
                "pushChangeset." + file,
                "semel_sync.changesets",
                (company, n) -> push("r-" + n, file, file, "one"),
                reused(push("r-0", file, file, "other")));
    }

    private static Order push(String scope, String id, String file, String content) {
        return Order.post("/v1/sync/push", """
                {"scope":"%s","clientChangesetId":"%s","ops":[
                 {"type":"upsert","fileId":"%s","serverPath":"%s.md","baseVersion":0,"content":"%s"}]}""".formatted(scope, id, file, file, content));
    }

    private static Misuse reused(Order order) {
        return new Misuse(order, "CLIENT_CHANGESET_ID_REUSED");
    }

    private String changeset(String file, int company, int n) {
        return "/v1/changesets/" + waves.made("pushChangeset." + file, company, n);
    }

    private Order publish(int company, int n) {
        String changeset = changeset("published", company, n);
        JsonNode view = waves.company(company).get(changeset).json();
        return Order.post(changeset + "/publish", """
                {"expectedRevision":%d,"decisionsHash":"%s"}""".formatted(
                view.path("revision").asInt(), view.path("decisionsHash").asString()));
    }
}
