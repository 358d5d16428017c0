package dev.semel.sync.articles;

import dev.semel.sync.text.FileId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files across the scopes of a tenant: by their ids, and by the writes that changed them. Works in the transaction of its caller. */
public final class FileScopes {
    private static final String FIND = """
        SELECT scope FROM semel_sync.files WHERE tenant_id = ? AND file_id = ? ORDER BY scope LIMIT 20
        """;
    private static final String CHANGED_BY = """
        SELECT scope, file_id, path, version, content_hash, size, deleted FROM semel_sync.file_changes
        WHERE tenant_id = ? AND write_id = ? AND cause = 'edit'
        """;

    private static final String IS_REVIEWED = """
        SELECT mode = 'reviewed' FROM semel_sync.scopes WHERE tenant_id = ? AND scope = ?
        """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public FileScopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The scopes that have a file of that id, tombstones as well. */
    List<String> find(String tenant, String fileId) {
        return jdbc.sql(FIND)
                .params(tenant, fileId)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Whether what goes to that scope, which is there, is reviewed. */
    boolean isReviewed(String tenant, String scope) {
        return jdbc.sql(IS_REVIEWED).params(tenant, scope).query(Boolean.class).single();
    }

    /** What an edit of a file has made of it. */
    Optional<Doc> changedBy(String tenant, UUID write) {
        return jdbc.sql(CHANGED_BY)
                .params(tenant, write)
                .query((row, number) -> new Doc(
                        FileId.JRN_PREFIX + row.getString("file_id"),
                        row.getLong("version"),
                        row.getString("content_hash"),
                        row.getLong("size"),
                        row.getBoolean("deleted"),
                        row.getString("scope"),
                        row.getString("path")))
                .optional();
    }
}
