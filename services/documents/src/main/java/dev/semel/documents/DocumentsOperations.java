package dev.semel.documents;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
import dev.semel.documents.versions.CreateDocument;
import dev.semel.documents.versions.CreateDocumentVersion;
import dev.semel.documents.versions.DeleteVersion;
import dev.semel.documents.versions.Document;
import dev.semel.documents.versions.NewActiveVersion;
import dev.semel.documents.versions.NewDocument;
import dev.semel.documents.versions.NewVersion;
import dev.semel.documents.versions.RestoreVersion;
import dev.semel.documents.versions.Version;
import dev.semel.documents.versions.VersionKeys;
import dev.semel.documents.versions.Versioning;
import java.util.Locale;
import java.util.Map;

/** The operations of the documents. */
public final class DocumentsOperations {
    /** Creates a document with its first version. */
    public static final Operation<NewDocument, Document> CREATE_DOCUMENT = Operation.highRisk(
                    "createDocument", NewDocument.class, Document.class)
            .emits(CreateDocument.EVENT)
            .rejects(Reason.RULE, "CONTENT_UNKNOWN")
            .build();

    /** Appends a version. */
    public static final Operation<NewVersion, Version> CREATE_DOCUMENT_VERSION = Operation.highRisk(
                    "createDocumentVersion", NewVersion.class, Version.class)
            .deriveIdentity(VersionKeys.DESCRIPTION, VersionKeys::derive)
            .emits(CreateDocumentVersion.EVENT)
            .inTurn(DocumentsOperations::document)
            .rejects(Reason.CONFLICT, "VERSION_CONFLICT", "DOCUMENT_MANAGED")
            .rejects(Reason.RULE, "CONTENT_UNKNOWN")
            .build();

    /** Makes a version the active one. */
    public static final Operation<NewActiveVersion, Document> SET_ACTIVE_VERSION = Operation.highRisk(
                    "setActiveVersion", NewActiveVersion.class, Document.class)
            .emits(Versioning.ACTIVATED)
            .inTurn(DocumentsOperations::document)
            .rejects(Reason.CONFLICT, "VERSION_DELETED", "DOCUMENT_MANAGED")
            .build();

    /** Deletes a version softly. */
    public static final Operation<DeleteVersion, Version> DELETE_DOCUMENT_VERSION = Operation.highRisk(
                    "deleteDocumentVersion", DeleteVersion.class, Version.class)
            .emits(Versioning.DELETED)
            .inTurn(DocumentsOperations::document)
            .rejects(Reason.CONFLICT, "VERSION_ACTIVE", "DOCUMENT_MANAGED")
            .build();

    /** Takes that back. */
    public static final Operation<RestoreVersion, Version> RESTORE_DOCUMENT_VERSION = Operation.highRisk(
                    "restoreDocumentVersion", RestoreVersion.class, Version.class)
            .emits(Versioning.RESTORED)
            .inTurn(DocumentsOperations::document)
            .rejects(Reason.CONFLICT, "VERSION_NOT_DELETED", "DOCUMENT_MANAGED")
            .build();

    private DocumentsOperations() {}

    /** Whose row they lock. */
    private static String document(Object payload, Map<String, String> variables) {
        return "document/" + String.valueOf(variables.get("id")).toLowerCase(Locale.ROOT);
    }
}
