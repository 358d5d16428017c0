package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of one write of the documents 500 at once have one effect, 500 for one each have 500. */
class DocumentsStormTest {
    private final TestServer server = TestServer.startWith(StormWaves.tokens());
    private final StormWaves waves = new StormWaves(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sameWriteHasOneEffectAndEachOtherItsOwn() {
        waves.wave(
                "createDocument",
                "semel_documents.documents",
                (company, n) -> Order.post("/api/documents", "{\"title\":\"D-" + n + "\",\"content\":\"one\"}"));
        waves.wave(
                "createDocumentVersion",
                "semel_documents.document_versions WHERE version > 1",
                (company, n) -> Order.post(document(company, n) + "/versions", "{\"content\":\"two\"}"));
        waves.wave(
                "setActiveVersion",
                "semel_documents.version_changes WHERE kind = 'activated'",
                (company, n) -> Order.put(document(company, n) + "/active-version", "{\"version\":2}"));
        waves.wave(
                "deleteDocumentVersion",
                "semel_documents.version_changes WHERE kind = 'deleted'",
                (company, n) -> Order.delete(document(company, n) + "/versions/1"));
        waves.wave(
                "restoreDocumentVersion",
                "semel_documents.version_changes WHERE kind = 'restored'",
                (company, n) -> Order.post(document(company, n) + "/versions/1/restore", "{}"));

        assertThat(server.database().query("""
                SELECT count(DISTINCT document_id) || ' ' || count(*) FROM semel_documents.document_versions v
                JOIN semel_documents.documents d ON d.tenant_id = v.tenant_id AND d.id = v.document_id
                WHERE d.active_version = 2 AND d.last_version = 2 AND NOT v.deleted""")).isEqualTo("501 1002");
    }

    private String document(int company, int n) {
        return "/api/documents/" + waves.made("createDocument", company, n);
    }
}
