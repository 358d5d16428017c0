package dev.semel.documents.versions;

import dev.semel.RejectedException;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_documents.documents}. Works in the transaction of its caller. */
public final class DocumentTable {
    private static final String INSERT = """
            INSERT INTO semel_documents.documents (tenant_id, id, title, created_by) VALUES (?, ?, ?, ?)
            RETURNING id, title, active_version, last_version, created_at
            """;
    // What changes a document or its versions waits here for its turn. Foreign keys to the document do not.
    private static final String LOCK = """
            SELECT id, title, active_version, last_version, created_at, managed_by FROM semel_documents.documents
            WHERE tenant_id = ? AND id = ?
            FOR NO KEY UPDATE
            """;
    private static final String APPEND = """
            UPDATE semel_documents.documents SET last_version = last_version + 1
            WHERE tenant_id = ? AND id = ?
            RETURNING last_version
            """;
    private static final String ACTIVATE = """
            UPDATE semel_documents.documents SET active_version = ?
            WHERE tenant_id = ? AND id = ?
            RETURNING id, title, active_version, last_version, created_at
            """;
    private static final String FIND = """
            SELECT id, title, active_version, last_version, created_at FROM semel_documents.documents
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String PAGE = """
            SELECT id, title, active_version, last_version, created_at FROM semel_documents.documents
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public DocumentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a document whose first version is still to come, before the commit. */
    Document insert(String tenant, UUID id, String title, String user) {
        return jdbc.sql(INSERT)
                .params(tenant, id, title, user)
                .query(DocumentTable::row)
                .single();
    }

    /**
     * The document as it is now, not to be changed by anybody else before this transaction ends.
     *
     * @throws RejectedException if another module manages it
     */
    Optional<Document> lock(String tenant, UUID id) {
        return jdbc.sql(LOCK).params(tenant, id).query(DocumentTable::ownRow).optional();
    }

    private static Document ownRow(ResultSet row, int number) throws SQLException {
        String manager = row.getString("managed_by");
        if (manager != null) {
            throw RejectedException.conflict(
                    "DOCUMENT_MANAGED", "This document belongs to " + manager + ", and changes only there.");
        }
        return row(row, number);
    }

    /** Takes the next number of a document that is locked. */
    long append(String tenant, UUID id) {
        return jdbc.sql(APPEND).params(tenant, id).query(Long.class).single();
    }

    /** Makes a version the active one of a document that is locked. */
    Document activate(String tenant, UUID id, long version) {
        return jdbc.sql(ACTIVATE)
                .params(version, tenant, id)
                .query(DocumentTable::row)
                .single();
    }

    /** The tenant's document of that id. */
    public Optional<Document> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(DocumentTable::row).optional();
    }

    /** The tenant's documents, in the order of their creation. */
    public Page<Document> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(DocumentTable::row)
                        .list(),
                request,
                document -> new CreationPosition(document.createdAt(), document.id()).cursor());
    }

    private static Document row(ResultSet row, int number) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getLong("active_version"),
                row.getLong("last_version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
