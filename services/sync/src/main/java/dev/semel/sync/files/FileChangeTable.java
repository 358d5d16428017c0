package dev.semel.sync.files;

import dev.semel.Write;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.file_changes}, as it is written. Works in the transaction of its caller. */
public final class FileChangeTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.file_changes
                (tenant_id, scope, seq, cause, write_id, changeset_id, changed_by,
                 ord, file_id, version, path, document_id, document_version, content_hash, size, deleted)
            SELECT ?, ?, ?, ?, ?, ?::uuid, ?, made.*
            FROM unnest(?::int[], ?::text[], ?::bigint[], ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::bigint[],
                        ?::boolean[]) AS made
            """;
    private static final String HEAD_OF = """
            SELECT max(seq) FROM semel_sync.file_changes WHERE tenant_id = ? AND write_id = ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public FileChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Write<?> write, String scope, long seq, Cause cause, List<SyncFile> files) {
        UUID changeset = cause.changeset();
        jdbc.sql(INSERT)
                .params(write.tenant(), scope, seq, cause.kind().text(), write.resultId())
                .param(changeset == null ? null : changeset.toString())
                .param(write.caller().user())
                .params(ordinals(files.size()), Columns.texts(files, SyncFile::fileId))
                .params(Columns.numbers(files, SyncFile::version), Columns.texts(files, SyncFile::path))
                .params(Columns.texts(files, SyncFile::documentId), Columns.numbers(files, SyncFile::documentVersion))
                .params(Columns.texts(files, SyncFile::contentHash), Columns.numbers(files, SyncFile::size))
                .param(Columns.flags(files, SyncFile::isDeleted))
                .update();
    }

    private static Object ordinals(int number) {
        return LongStream.range(0, number).toArray();
    }

    /** The number that a write's changes have; empty if it has changed nothing, or that is forgotten. */
    public Optional<Long> headOf(String tenant, UUID writeId) {
        return jdbc.sql(HEAD_OF)
                .params(tenant, writeId)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }
}
