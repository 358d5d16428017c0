package dev.semel.documents;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.documents.content.ContentStoring;
import dev.semel.documents.content.SentContent;
import dev.semel.documents.versions.ChangeTable;
import dev.semel.documents.versions.CreateDocument;
import dev.semel.documents.versions.CreateDocumentVersion;
import dev.semel.documents.versions.DeleteVersion;
import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.DocumentTable;
import dev.semel.documents.versions.NewActiveVersion;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.RestoreVersion;
import dev.semel.documents.versions.Version;
import dev.semel.documents.versions.VersionTable;
import dev.semel.documents.versions.Versioning;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The documents' operations on a data source, put together as the server does it, and called as its gates do. */
record DocumentsEngine(
        Semel semel,
        JdbcClient jdbc,
        ContentStoring storing,
        CreateDocument creating,
        CreateDocumentVersion appending,
        Versioning versioning) {
    static DocumentsEngine on(DataSource source, Failpoints failpoints) {
        JdbcClient jdbc = JdbcClient.create(source);
        DocumentTable documents = new DocumentTable(jdbc);
        VersionTable versions = new VersionTable(jdbc);
        ChangeTable changes = new ChangeTable(jdbc);
        Semel.Builder builder = Semel.builder(
                        new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults())
                .failpoints(failpoints);
        new DocumentsConfigurer(documents, versions, changes).configure(builder);
        return new DocumentsEngine(
                builder.build(),
                jdbc,
                new ContentStoring(new MemoryBlobs(source)),
                new CreateDocument(documents, versions),
                new CreateDocumentVersion(documents, versions),
                new Versioning(documents, versions, changes));
    }

    Outcome<Document> create(Caller caller, Key key, NewDocument asked) {
        SentContent content = storing.store(caller.tenant(), asked);
        return call(
                DocumentsOperations.CREATE_DOCUMENT,
                caller,
                key,
                Map.of(),
                asked,
                write -> creating.handle(content, write));
    }

    Outcome<Version> append(Caller caller, Key key, UUID document, NewVersion asked) {
        return append(caller, key, document, asked, storing.store(caller.tenant(), asked));
    }

    Outcome<Version> append(Caller caller, Key key, UUID document, NewVersion asked, SentContent content) {
        return call(
                DocumentsOperations.CREATE_DOCUMENT_VERSION,
                caller,
                key,
                Map.of("id", document.toString()),
                asked,
                write -> appending.handle(document.toString(), content, write));
    }

    /** As a client does that sends no key. */
    Outcome<Version> append(Caller caller, UUID document, NewVersion asked) {
        return append(caller, document, asked, storing.store(caller.tenant(), asked));
    }

    Outcome<Version> append(Caller caller, UUID document, NewVersion asked, SentContent content) {
        KeyRule.Derived<NewVersion> rule =
                (KeyRule.Derived<NewVersion>) DocumentsOperations.CREATE_DOCUMENT_VERSION.keyRule();
        Map<String, String> variables = Map.of("id", document.toString());
        Key key = Key.of(rule.derivation().derive(asked, variables));
        return semel.execute(new Call<>(
                DocumentsOperations.CREATE_DOCUMENT_VERSION,
                caller,
                key,
                asked,
                rule.fingerprint(
                        "createDocumentVersion",
                        variables,
                        key,
                        JacksonCodec.ofDefaults().write(asked)),
                variables,
                write -> appending.handle(document.toString(), content, write)));
    }

    Outcome<Document> activate(Caller caller, Key key, UUID document, long version) {
        return call(
                DocumentsOperations.SET_ACTIVE_VERSION,
                caller,
                key,
                Map.of("id", document.toString()),
                new NewActiveVersion(version),
                write -> versioning.activate(document.toString(), write));
    }

    Outcome<Version> delete(Caller caller, Key key, UUID document, long version) {
        return call(
                DocumentsOperations.DELETE_DOCUMENT_VERSION,
                caller,
                key,
                path(document, version),
                new DeleteVersion(),
                write -> versioning.delete(document.toString(), String.valueOf(version), write));
    }

    Outcome<Version> restore(Caller caller, Key key, UUID document, long version) {
        return call(
                DocumentsOperations.RESTORE_DOCUMENT_VERSION,
                caller,
                key,
                path(document, version),
                new RestoreVersion(),
                write -> versioning.restore(document.toString(), String.valueOf(version), write));
    }

    private static Map<String, String> path(UUID document, long version) {
        return Map.of("id", document.toString(), "number", String.valueOf(version));
    }

    private <P, R> Outcome<R> call(
            Operation<P, R> operation,
            Caller caller,
            Key key,
            Map<String, String> variables,
            P payload,
            Handler<P, R> handler) {
        byte[] body = JacksonCodec.ofDefaults().write(payload);
        return semel.execute(new Call<>(
                operation,
                caller,
                key,
                payload,
                Fingerprint.of(operation.name(), variables, body),
                variables,
                handler));
    }
}
