package dev.semel.documents;

import dev.semel.Semel;
import dev.semel.documents.versions.ChangeTable;
import dev.semel.documents.versions.DocumentTable;
import dev.semel.documents.versions.Version;
import dev.semel.documents.versions.VersionTable;
import dev.semel.spring.SemelConfigurer;
import java.util.Optional;
import java.util.UUID;

/** Contributes the operations of the documents, each with the way back to what it has done. */
final class DocumentsConfigurer implements SemelConfigurer {
    private final DocumentTable documents;
    private final VersionTable versions;
    private final ChangeTable changes;

    DocumentsConfigurer(DocumentTable documents, VersionTable versions, ChangeTable changes) {
        this.documents = documents;
        this.versions = versions;
        this.changes = changes;
    }

    @Override
    public void configure(Semel.Builder builder) {
        builder.register(DocumentsOperations.CREATE_DOCUMENT)
                .recall(DocumentsOperations.CREATE_DOCUMENT, (connection, tenant, id) -> documents.find(tenant, id))
                .register(DocumentsOperations.CREATE_DOCUMENT_VERSION)
                .recall(
                        DocumentsOperations.CREATE_DOCUMENT_VERSION,
                        (connection, tenant, id) -> versions.findById(tenant, id))
                .register(DocumentsOperations.SET_ACTIVE_VERSION)
                .recall(
                        DocumentsOperations.SET_ACTIVE_VERSION,
                        (connection, tenant, id) ->
                                changes.find(tenant, id).flatMap(changed -> documents.find(tenant, changed.document())))
                .register(DocumentsOperations.DELETE_DOCUMENT_VERSION)
                .recall(DocumentsOperations.DELETE_DOCUMENT_VERSION, (connection, tenant, id) -> changed(tenant, id))
                .register(DocumentsOperations.RESTORE_DOCUMENT_VERSION)
                .recall(DocumentsOperations.RESTORE_DOCUMENT_VERSION, (connection, tenant, id) -> changed(tenant, id));
    }

    private Optional<Version> changed(String tenant, UUID id) {
        return changes.find(tenant, id)
                .flatMap(changed -> versions.find(tenant, changed.document(), changed.version()));
    }
}
