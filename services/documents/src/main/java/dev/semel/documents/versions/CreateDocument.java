package dev.semel.documents.versions;

import dev.semel.Write;
import dev.semel.documents.content.Content;
import dev.semel.documents.content.SentContent;
import dev.semel.failpoint.Failpoint;
import java.sql.SQLException;

/** Creates a document with its first version, which is active. Both or neither. */
public final class CreateDocument {
    /** Emitted with the {@link VersionEvent} of the first version. */
    public static final String EVENT = "document.created";

    /** The document is inserted, its version is not yet. */
    public static final Failpoint AFTER_DOCUMENT_INSERT = new Failpoint("documents.create.after-document-insert");

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    private final DocumentTable documents;
    private final VersionMaking versions;

    /** Writes into those tables. */
    public CreateDocument(DocumentTable documents, VersionTable versions) {
        this.documents = documents;
        this.versions = new VersionMaking(versions);
    }

    /**
     * The body of the write.
     *
     * @throws dev.semel.RejectedException if the payload names content that is not there
     * @throws SQLException if the failpoint breaks the connection
     */
    public Document handle(SentContent sent, Write<NewDocument> write) throws SQLException {
        String user = write.caller().user();
        Document document = documents.insert(
                write.tenant(), write.resultId(), write.payload().title(), user);
        VersionLog.note(write, document.id(), 1);
        write.reach(AFTER_DOCUMENT_INSERT);
        VersionRow row = new VersionRow(document.id(), 1, write.derivedId("version 1"), type(sent), user);
        Version first = versions.insert(write.tenant(), row, sent.content());
        write.emit(EVENT, VersionEvent.orderingKey(document.id()), VersionEvent.of(first));
        return document;
    }

    private static String type(SentContent sent) {
        if (sent.type() != null) {
            return sent.type();
        }
        return sent.content() instanceof Content.Named || sent.content() instanceof Content.Absent ? BYTES : TEXT;
    }
}
