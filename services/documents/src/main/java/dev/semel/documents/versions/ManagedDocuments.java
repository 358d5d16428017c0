package dev.semel.documents.versions;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes documents that another module manages, with all their versions. The database lets only those of articles go. Blobs that
 * nothing names any more are collected later. Works in the transaction of its caller, two statements. Thread-safe.
 */
public final class ManagedDocuments {
    private static final String DELETE_VERSIONS = """
        DELETE FROM semel_documents.document_versions AS version
        WHERE tenant_id = ? AND document_id = ?
          AND EXISTS (SELECT FROM semel_documents.documents AS document
                      WHERE document.tenant_id = version.tenant_id AND document.id = version.document_id
                        AND document.managed_by = ?)
        """;
    private static final String DELETE_DOCUMENT = """
        DELETE FROM semel_documents.documents WHERE tenant_id = ? AND id = ? AND managed_by = ?
        """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ManagedDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Deletes a document and its versions for good.
     *
     * @param manager the module that manages it
     * @throws IllegalStateException if there is no such document, or the database keeps it
     */
    public void delete(String tenant, String manager, UUID document) {
        jdbc.sql(DELETE_VERSIONS).params(tenant, document, manager).update();
        if (jdbc.sql(DELETE_DOCUMENT).params(tenant, document, manager).update() != 1) {
            throw new IllegalStateException("a document that is to be deleted is not there");
        }
    }
}
