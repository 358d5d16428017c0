package dev.semel.documents.versions;

import dev.semel.documents.content.Content;
import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_documents.document_versions}. Works in the transaction of its caller. */
public final class VersionTable {
    private static final String INSERT_SMALL = """
            INSERT INTO semel_documents.document_versions
                (tenant_id, document_id, version, id, content_type, created_by, content_hash, size, inline_content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING document_id, version, content_hash, size, content_type, deleted, created_at
            """;
    private static final String INSERT_BLOB = """
            INSERT INTO semel_documents.document_versions
                (tenant_id, document_id, version, id, content_type, created_by, content_hash, size)
            SELECT tenant_id, ?, ?, ?, ?, ?, hash, size FROM semel_documents.blobs
            WHERE tenant_id = ? AND hash = ?
            RETURNING document_id, version, content_hash, size, content_type, deleted, created_at
            """;
    private static final String FIND = """
            SELECT document_id, version, content_hash, size, content_type, deleted, created_at
            FROM semel_documents.document_versions
            WHERE tenant_id = ? AND document_id = ? AND version = ?
            """;
    private static final String FIND_BY_ID = """
            SELECT document_id, version, content_hash, size, content_type, deleted, created_at
            FROM semel_documents.document_versions
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String SET_DELETED = """
            UPDATE semel_documents.document_versions SET deleted = ?
            WHERE tenant_id = ? AND document_id = ? AND version = ?
            RETURNING document_id, version, content_hash, size, content_type, deleted, created_at
            """;
    private static final String PAGE = """
            SELECT document_id, version, content_hash, size, content_type, deleted, created_at
            FROM semel_documents.document_versions
            WHERE tenant_id = ? AND document_id = ? AND version > ?
            ORDER BY version
            LIMIT ?
            """;
    private static final String SMALL_CONTENT = """
            SELECT inline_content FROM semel_documents.document_versions
            WHERE tenant_id = ? AND document_id = ? AND version = ? AND inline_content IS NOT NULL
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public VersionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a version of a document that is locked or new; empty if there is no such content. */
    Optional<Version> insert(String tenant, VersionRow row, Content content) {
        return content instanceof Content.Small small
                ? Optional.of(insertSmall(tenant, row, small))
                : insertBlob(tenant, row, content.hash());
    }

    private Version insertSmall(String tenant, VersionRow row, Content.Small content) {
        return jdbc.sql(INSERT_SMALL)
                .params(tenant, row.document(), row.version(), row.id(), row.contentType(), row.user())
                .params(content.hash(), content.bytes().length, content.bytes())
                .query(VersionTable::row)
                .single();
    }

    private Optional<Version> insertBlob(String tenant, VersionRow row, String hash) {
        return jdbc.sql(INSERT_BLOB)
                .params(row.document(), row.version(), row.id(), row.contentType(), row.user())
                .params(tenant, hash)
                .query(VersionTable::row)
                .optional();
    }

    /** A version of the tenant's document. */
    public Optional<Version> find(String tenant, UUID document, long version) {
        return jdbc.sql(FIND)
                .params(tenant, document, version)
                .query(VersionTable::row)
                .optional();
    }

    /** The version that a write has made. */
    public Optional<Version> findById(String tenant, UUID id) {
        return jdbc.sql(FIND_BY_ID).params(tenant, id).query(VersionTable::row).optional();
    }

    /** Deletes or restores a version of a document that is locked. */
    Version setDeleted(String tenant, UUID document, long version, boolean deleted) {
        return jdbc.sql(SET_DELETED)
                .params(deleted, tenant, document, version)
                .query(VersionTable::row)
                .single();
    }

    /** The versions of the tenant's document, in the order of their numbers; deleted ones as well. */
    public Page<Version> page(String tenant, UUID document, PageRequest request) {
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, document, NumberPosition.of(request).number(), request.fetch())
                        .query(VersionTable::row)
                        .list(),
                request,
                version -> new NumberPosition(version.version()).cursor());
    }

    /** The content, if it lies in the row. */
    public Optional<byte[]> smallContent(String tenant, UUID document, long version) {
        return jdbc.sql(SMALL_CONTENT)
                .params(tenant, document, version)
                .query(byte[].class)
                .optional();
    }

    private static Version row(ResultSet row, int number) throws SQLException {
        return new Version(
                row.getObject("document_id", UUID.class),
                row.getLong("version"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getString("content_type"),
                row.getBoolean("deleted"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
