package dev.semel.sync.changesets;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.Columns;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changeset_files}, as revisions are written. Works in the transaction of its caller. */
public final class ProposedFileTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.changeset_files
                (tenant_id, changeset_id, revision,
                 ord, file_id, op, path, base_version, base_hash, main_version, content_hash, size, inline_content,
                 published_version)
            SELECT ?, ?, ?, made.*
            FROM unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[],
                        ?::bigint[], ?::bytea[], ?::bigint[]) AS made
            """;
    private static final String MADE = """
            SELECT file_id, main_version, published_version FROM semel_sync.changeset_files
            WHERE tenant_id = ? AND changeset_id = ? AND revision = ?
            ORDER BY ord
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ProposedFileTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file of a revision, as far as its push was answered with it.
     *
     * @param publishedVersion null if it has not been published
     */
    public record Made(
            String fileId, long mainVersion, @Nullable Long publishedVersion) {}

    /** Inserts the files of a revision, in their order. */
    public void insert(String tenant, UUID changeset, int revision, List<ProposedFile> files) {
        jdbc.sql(INSERT)
                .params(tenant, changeset, revision)
                .params(LongStream.range(0, files.size()).toArray(), Columns.texts(files, ProposedFile::fileId))
                .params(Columns.texts(files, ProposedFile::op), Columns.texts(files, ProposedFile::path))
                .params(Columns.numbers(files, ProposedFile::baseVersion), texts(files, ProposedFile::baseHash))
                .params(
                        Columns.numbers(files, ProposedFile::mainVersion),
                        texts(files, file -> of(file, TextContent::hash)))
                .params(numbers(files, file -> of(file, TextContent::size)), contents(files))
                .param(numbers(files, ProposedFile::publishedVersion))
                .update();
    }

    private static <T> @Nullable T of(ProposedFile file, Function<TextContent, @Nullable T> part) {
        TextContent content = file.content();
        return content == null ? null : part.apply(content);
    }

    private static Object texts(List<ProposedFile> files, Function<ProposedFile, @Nullable String> column) {
        return Columns.nullable(files, column, String[]::new);
    }

    private static Object numbers(List<ProposedFile> files, Function<ProposedFile, @Nullable Long> column) {
        return Columns.nullable(files, column, Long[]::new);
    }

    private static Object contents(List<ProposedFile> files) {
        return Columns.nullable(files, file -> of(file, TextContent::inline), byte[][]::new);
    }

    /** The files of a revision, in the order of its ops. */
    public List<Made> made(String tenant, UUID changeset, int revision) {
        return jdbc.sql(MADE)
                .params(tenant, changeset, revision)
                .query((row, number) -> new Made(
                        row.getString("file_id"),
                        row.getLong("main_version"),
                        row.getObject("published_version", Long.class)))
                .list();
    }
}
