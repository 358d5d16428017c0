package dev.semel.sync.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.files}. Works in the transaction of its caller. */
public final class FileTable {
    private static final String FIND = """
            SELECT file_id, path, path_key, version, document_id, document_version, content_hash, size,
                   deleted_at IS NOT NULL AS deleted
            FROM semel_sync.files
            WHERE tenant_id = ? AND scope = ? AND file_id = ANY (?)
            """;
    /** In the order of their ids, so that two that change the same files do not wait for each other crosswise. */
    private static final String LOCK = FIND + """
            ORDER BY file_id
            FOR NO KEY UPDATE
            """;

    private static final String INSERT = """
            INSERT INTO semel_sync.files
                (tenant_id, scope, file_id, path, path_key, version, document_id, document_version, content_hash, size)
            SELECT ?, ?, made.*
            FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::uuid[], ?::bigint[], ?::text[], ?::bigint[]) AS made
            """;
    private static final String UPDATE = """
            UPDATE semel_sync.files AS file
            SET path = made.path, path_key = made.path_key, version = made.version,
                document_version = made.document_version, content_hash = made.content_hash, size = made.size,
                deleted_at = CASE WHEN made.deleted THEN statement_timestamp() END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[])
                AS made(file_id, path, path_key, version, document_version, content_hash, size, deleted)
            WHERE file.tenant_id = ? AND file.scope = ? AND file.file_id = made.file_id
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public FileTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these files that are there, tombstones as well, by id. */
    public Map<String, SyncFile> find(String tenant, String scope, Collection<String> ids) {
        return byId(FIND, tenant, scope, ids);
    }

    /** The same, not to be changed by anybody else before this transaction ends. */
    public Map<String, SyncFile> lock(String tenant, String scope, Collection<String> ids) {
        return byId(LOCK, tenant, scope, ids);
    }

    private Map<String, SyncFile> byId(String sql, String tenant, String scope, Collection<String> ids) {
        Map<String, SyncFile> found = new LinkedHashMap<>();
        jdbc.sql(sql)
                .params(tenant, scope, ids.toArray(String[]::new))
                .query(FileTable::row)
                .list()
                .forEach(file -> found.put(file.fileId(), file));
        return found;
    }

    void insert(String tenant, String scope, List<SyncFile> files) {
        if (!files.isEmpty()) {
            jdbc.sql(INSERT)
                    .params(tenant, scope)
                    .params(Columns.texts(files, SyncFile::fileId), Columns.texts(files, SyncFile::path))
                    .params(Columns.texts(files, SyncFile::pathKey), Columns.numbers(files, SyncFile::version))
                    .params(
                            Columns.texts(files, SyncFile::documentId),
                            Columns.numbers(files, SyncFile::documentVersion))
                    .params(Columns.texts(files, SyncFile::contentHash), Columns.numbers(files, SyncFile::size))
                    .update();
        }
    }

    /** Files that are locked. */
    void update(String tenant, String scope, List<SyncFile> files) {
        if (!files.isEmpty()) {
            jdbc.sql(UPDATE)
                    .params(Columns.texts(files, SyncFile::fileId), Columns.texts(files, SyncFile::path))
                    .params(Columns.texts(files, SyncFile::pathKey), Columns.numbers(files, SyncFile::version))
                    .params(
                            Columns.numbers(files, SyncFile::documentVersion),
                            Columns.texts(files, SyncFile::contentHash))
                    .params(Columns.numbers(files, SyncFile::size), Columns.flags(files, SyncFile::isDeleted))
                    .params(tenant, scope)
                    .update();
        }
    }

    private static SyncFile row(ResultSet row, int number) throws SQLException {
        return new SyncFile(
                row.getString("file_id"),
                row.getString("path"),
                row.getString("path_key"),
                row.getLong("version"),
                row.getObject("document_id", UUID.class),
                row.getLong("document_version"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getBoolean("deleted"));
    }
}
