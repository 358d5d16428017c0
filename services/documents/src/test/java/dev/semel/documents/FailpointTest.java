package dev.semel.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.documents.versions.CreateDocument;
import dev.semel.documents.versions.NewDocument;
import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.FailpointAction;
import dev.semel.failpoint.FailpointException;
import dev.semel.outbox.UsageSink;
import dev.semel.testkit.TestRelay;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proof that a failure between document and version leaves nothing. On documents of its own: it counts all rows. */
class FailpointTest {
    private static final NewDocument PLAN = new NewDocument("Plan", "one", null, null);

    private final TestDocuments documents = new TestDocuments();
    private final Caller caller = TestDocuments.newCaller();
    private final Key key = TestDocuments.newKey();

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void failureBetweenDocumentAndVersionLeavesNothingAndTheRetrySucceeds() {
        ArmedFailpoints failpoints = new ArmedFailpoints(List.of(CreateDocument.AFTER_DOCUMENT_INSERT));
        DocumentsEngine engine = DocumentsEngine.on(documents.database().pool(5), failpoints);
        failpoints.arm("documents.create.after-document-insert", new FailpointAction.Throw(), 1);

        assertThatExceptionOfType(FailpointException.class).isThrownBy(() -> engine.create(caller, key, PLAN));

        assertThat(rows()).containsExactly("0 documents", "0 versions", "0 events", "0 keys", "0 writes counted");

        assertThat(engine.create(caller, key, PLAN).replayed()).isFalse();
        assertThat(engine.create(caller, key, PLAN).replayed()).isTrue();

        assertThat(documents.events(caller)).containsExactly("document.created");
        assertThat(rows()).containsExactly("1 documents", "1 versions", "0 events", "1 keys", "1 writes counted");
    }

    /** After everything that is to be delivered has been. */
    private List<String> rows() {
        try (TestRelay relay = TestRelay.of(documents.database(), UsageSink.subscription())) {
            relay.drain();
        }
        return documents.query("""
                SELECT count(*) || ' documents' FROM semel_documents.documents UNION ALL
                SELECT count(*) || ' versions' FROM semel_documents.document_versions UNION ALL
                SELECT count(*) || ' events' FROM semel.outbox_events UNION ALL
                SELECT count(*) || ' keys' FROM semel.idempotency_keys UNION ALL
                SELECT coalesce(sum(count), 0) || ' writes counted' FROM semel.daily_usage
                """);
    }
}
