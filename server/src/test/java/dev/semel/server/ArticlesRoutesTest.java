package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Articles by name over HTTP: names with encoded slashes, versions in headers and bodies, keys that nobody sent. */
class ArticlesRoutesTest {
    private static final TestServer SERVER = TestServer.shared();

    private final Client client = SERVER.as("ACME-ADMIN");
    private final String id = "file-" + UUID.randomUUID();
    private final String file = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fsync-" + id;
    private final String ordinary = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2F" + id;

    private String scopeWithFile() {
        String scope = "scope-" + UUID.randomUUID();
        assertThat(client.post("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"direct\"}".formatted(scope))
                        .status())
                .isEqualTo(201);
        Answer pushed = client.post("/v1/sync/push", """
            {"scope":"%s","clientChangesetId":"c-%s","ops":[
             {"type":"upsert","fileId":"%s","serverPath":"a.md","baseVersion":0,"content":"# Original"}]}\
            """.formatted(scope, id, id));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        return scope;
    }

    private Answer put(String path, String body, String... headers) {
        var request = client.request(path).header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.PUT(BodyPublishers.ofString(body)));
    }

    private Answer delete(String path, String... headers) {
        var request = client.request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.DELETE());
    }

    private Answer pull(String scope) {
        return client.post("/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":0}".formatted(scope));
    }

    @Test
    void aFileIsReadEditedAndDeletedWithoutAnyKey() {
        String scope = scopeWithFile();
        Answer read = client.get(file);
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.json().path("content").asString()).isEqualTo("# Original");
        assertThat(read.json().path("serverPath").asString()).isEqualTo("a.md");

        Answer edited = put(file, "{\"content\":\"# Two\"}", "If-Match", "\"1\"");
        Answer again = put(file, "{\"content\":\"# Two\"}", "If-Match", "\"1\"");
        assertThat(List.of(edited.status(), again.status())).containsOnly(200);
        assertThat(edited.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(edited.text());
        assertThat(edited.json().path("version").asInt()).isEqualTo(2);

        assertThat(delete(file).status()).isEqualTo(204);
        assertThat(delete(file).status()).isEqualTo(204);
        assertThat(client.get(file).json().path("deleted").asBoolean()).isTrue();
        assertThat(pull(scope).json().at("/changes/0/deleted").asBoolean()).isTrue();
        assertThat(pull(scope).json().at("/changes/0/version").asInt()).isEqualTo(3);
        assertThat(pull(scope).json().path("head").asInt()).isEqualTo(3);
    }

    /** The second delete is no retry of the first: in between the file came back. */
    @Test
    void everyDeleteIsOfTheVersionThatItFinds() {
        scopeWithFile();
        assertThat(delete(file).status()).isEqualTo(204);
        assertThat(put(file, "{\"content\":\"# Back\",\"version\":2}").status()).isEqualTo(200);
        assertThat(client.get(file).json().path("deleted").asBoolean()).isFalse();

        assertThat(delete(file).status()).isEqualTo(204);

        assertThat(client.get(file).json().path("deleted").asBoolean()).isTrue();
        assertThat(client.get(file).json().path("version").asInt()).isEqualTo(4);
    }

    /** Two states of one header make two requests, although path and body are the same. */
    @Test
    void theHeaderIsPartOfTheRequest() {
        scopeWithFile();
        assertThat(put(file, "{\"content\":\"# X\"}", "If-Match", "\"1\"")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(put(file, "{\"content\":\"# Y\"}", "If-Match", "\"2\"")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
        assertThat(put(file, "{\"content\":\"# X\"}", "If-Match", "\"3\"")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(4);

        assertThat(put(file, "{\"content\":\"# Z\"}", "If-Match", "\"4\"", "Idempotency-Key", id)
                        .status())
                .isEqualTo(200);
        assertThat(put(file, "{\"content\":\"# Z\"}", "If-Match", "\"5\"", "Idempotency-Key", id)
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aVersionHasToBeStatedAndToBeTheOne() {
        scopeWithFile();

        Answer none = put(file, "{\"content\":\"x\"}");
        assertThat(none.status()).isEqualTo(428);
        assertThat(none.code()).isEqualTo("PRECONDITION_REQUIRED");
        Answer other = put(file, "{\"content\":\"x\",\"version\":7}");
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.code()).isEqualTo("PRECONDITION_FAILED");
        assertThat(other.json().path("version").asInt()).isEqualTo(1);
        assertThat(delete(file, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(put(file, "{\"content\":\"x\"}", "If-Match", "nonsense").status())
                .isEqualTo(400);
        assertThat(client.get(file).json().path("content").asString()).isEqualTo("# Original");
    }

    @Test
    void anOrdinaryArticleIsMadeAndGone() {
        assertThat(put(ordinary, "{\"content\":\"# Regular\",\"version\":0}").status())
                .isEqualTo(200);
        assertThat(client.get(ordinary).json().path("content").asString()).isEqualTo("# Regular");

        assertThat(delete(ordinary).status()).isEqualTo(204);

        assertThat(client.get(ordinary).status()).isEqualTo(404);
        assertThat(delete(ordinary).status()).isEqualTo(204);
        Answer same = put(ordinary, "{\"content\":\"# Regular\",\"version\":0}");
        assertThat(same.status()).as("no replay of the one that is gone").isEqualTo(412);
        assertThat(put(ordinary, "{\"content\":\"# Regular\",\"version\":2}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void documentsRoutesLeaveArticlesAlone() {
        scopeWithFile();
        String document = SERVER.database().query("""
            SELECT document_id FROM semel_sync.files WHERE file_id = '%s'\
            """.formatted(id));

        Answer refused = client.post("/api/documents/" + document + "/versions", "{\"content\":\"past the feed\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("DOCUMENT_MANAGED");
    }

    @Test
    void hostileNamesAndTextsHaveClearCodes() {
        for (String name : List.of(
                "x",
                "..%2F..%2Ftokens",
                "jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fsync-",
                "jrn%3A%2Fglobal%3Adocs%3Aarticle%2Fa%20b")) {
            assertThat(client.get("/api/docs/" + name).status()).as(name).isIn(400, 404);
            assertThat(put("/api/docs/" + name, "{\"content\":\"x\",\"version\":0}")
                            .status())
                    .as(name)
                    .isIn(400, 404);
        }
        assertThat(client.get("/api/documents/a%2Fb").status()).isEqualTo(400);
        assertThat(put(ordinary, "{\"content\":\"a\\u0000b\",\"version\":0}").status())
                .isEqualTo(400);
        assertThat(put(ordinary, "{\"content\":\"<<<<<<< a\\n=======\\n\",\"version\":0}")
                        .text())
                .contains("CONFLICT_MARKERS");
        assertThat(client.get(ordinary).status()).isEqualTo(404);
    }

    @Test
    void readersReadAndDoNotWrite() {
        scopeWithFile();
        Client reader = SERVER.as("ACME-READER");

        assertThat(reader.get(file).status()).isEqualTo(200);
        assertThat(reader.delete(file).status()).isEqualTo(403);
        assertThat(SERVER.as("").get(file).status()).isEqualTo(401);
        assertThat(SERVER.as("GLOBEX-ADMIN").get(file).status()).isEqualTo(404);
    }
}
