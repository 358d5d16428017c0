package dev.semel.sync.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Earlier states of main's files. Works in the transaction of its caller. */
public final class FileStateTable {
    private static final String FIND = """
            SELECT state.file_id, state.path, state.version, state.document_id, state.document_version,
                   state.content_hash, state.size, state.deleted
            FROM unnest(?::text[], ?::bigint[]) AS wanted(file_id, version)
            JOIN semel_sync.file_changes AS state
              ON state.tenant_id = ? AND state.scope = ? AND state.file_id = wanted.file_id
             AND state.version = wanted.version
            """;

    private static final String OF_CHANGESET = """
            SELECT file_id, path, version, document_id, document_version, content_hash, size, deleted
            FROM semel_sync.file_changes
            WHERE tenant_id = ? AND scope = ? AND changeset_id = ?
            ORDER BY seq, ord
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public FileStateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A file as it was at one of its versions. Immutable. */
    public record FileState(
            String fileId,
            String path,
            long version,
            UUID documentId,
            long documentVersion,
            String contentHash,
            long size,
            boolean deleted) {
        /** As {@link SyncFile#seenHash}. */
        public String seenHash() {
            return deleted ? SyncFile.DELETED : contentHash;
        }
    }

    /**
     * The files as they were, by id.
     *
     * @param versions of which versions
     */
    public Map<String, FileState> find(String tenant, String scope, Map<String, Long> versions) {
        Map<String, FileState> found = new HashMap<>();
        if (!versions.isEmpty()) {
            String[] ids = versions.keySet().toArray(String[]::new);
            Long[] numbers = versions.values().toArray(Long[]::new);
            jdbc.sql(FIND)
                    .params(ids, numbers, tenant, scope)
                    .query(FileStateTable::row)
                    .list()
                    .forEach(state -> found.put(state.fileId(), state));
        }
        return found;
    }

    /** What a changeset has made of its files, in the order of the changes. */
    public List<FileState> ofChangeset(String tenant, String scope, UUID changeset) {
        return jdbc.sql(OF_CHANGESET)
                .params(tenant, scope, changeset)
                .query(FileStateTable::row)
                .list();
    }

    private static FileState row(ResultSet row, int number) throws SQLException {
        return new FileState(
                row.getString("file_id"),
                row.getString("path"),
                row.getLong("version"),
                row.getObject("document_id", UUID.class),
                row.getLong("document_version"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getBoolean("deleted"));
    }
}
