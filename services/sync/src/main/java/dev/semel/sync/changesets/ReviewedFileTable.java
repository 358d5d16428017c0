package dev.semel.sync.changesets;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.changeset_files}, as it is reviewed. Works in the transaction of its caller. */
public final class ReviewedFileTable {
    private static final String FILES = """
            SELECT file_id, path, base_version, base_hash, main_version, content_hash, size, inline_content,
                   published_version, decision, reason, amended_hash, amended_size, amended_content, decided_by
            FROM semel_sync.changeset_files
            WHERE tenant_id = ? AND changeset_id = ? AND revision = ?
            ORDER BY ord
            """;
    private static final String DECIDE = """
            UPDATE semel_sync.changeset_files AS file
            SET decision = made.decision, reason = made.reason, amended_hash = made.amended_hash,
                amended_size = made.amended_size, amended_content = made.amended_content,
                decided_by = made.decided_by,
                decided_at = CASE WHEN made.decision IS NOT NULL THEN statement_timestamp() END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bytea[], ?::text[])
                AS made(file_id, decision, reason, amended_hash, amended_size, amended_content, decided_by)
            WHERE file.tenant_id = ? AND file.changeset_id = ? AND file.revision = ? AND file.file_id = made.file_id
            """;
    private static final String PUBLISH = """
            UPDATE semel_sync.changeset_files AS file SET published_version = made.version
            FROM unnest(?::text[], ?::bigint[]) AS made(file_id, version)
            WHERE file.tenant_id = ? AND file.changeset_id = ? AND file.revision = ? AND file.file_id = made.file_id
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ReviewedFileTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The files of a revision, in the order of its ops. */
    public List<ReviewedFile> files(String tenant, UUID changeset, int revision) {
        return jdbc.sql(FILES)
                .params(tenant, changeset, revision)
                .query(ReviewedFileTable::row)
                .list();
    }

    /** Writes what was decided on files of a changeset that is locked. */
    void decide(String tenant, UUID changeset, int revision, List<ReviewedFile> files) {
        jdbc.sql(DECIDE)
                .params(Columns.texts(files, ReviewedFile::fileId), texts(files, ReviewedFileTable::decision))
                .params(texts(files, ReviewedFile::reason), texts(files, file -> of(file, TextContent::hash)))
                .params(
                        Columns.nullable(files, file -> of(file, TextContent::size), Long[]::new),
                        Columns.nullable(files, file -> of(file, TextContent::inline), byte[][]::new))
                .param(texts(files, ReviewedFile::decidedBy))
                .params(tenant, changeset, revision)
                .update();
    }

    private static @Nullable String decision(ReviewedFile file) {
        Decision decision = file.decision();
        return decision == null ? null : decision.text();
    }

    private static <T> @Nullable T of(ReviewedFile file, Function<TextContent, @Nullable T> part) {
        TextContent amended = file.amended();
        return amended == null ? null : part.apply(amended);
    }

    private static Object texts(List<ReviewedFile> files, Function<ReviewedFile, @Nullable String> column) {
        return Columns.nullable(files, column, String[]::new);
    }

    /** A file that is on main. */
    public record Published(String fileId, long version) {}

    /** Notes which files of a changeset that is locked are on main. */
    public void publish(String tenant, Changeset changeset, List<Published> files) {
        jdbc.sql(PUBLISH)
                .params(Columns.texts(files, Published::fileId), Columns.numbers(files, Published::version))
                .params(tenant, changeset.id(), changeset.revision())
                .update();
    }

    private static ReviewedFile row(ResultSet row, int number) throws SQLException {
        return new ReviewedFile(
                new ProposedFile(
                        row.getString("file_id"),
                        row.getString("path"),
                        row.getLong("base_version"),
                        row.getString("base_hash"),
                        row.getLong("main_version"),
                        content(row, "content_hash", "size", "inline_content").orElse(null),
                        row.getObject("published_version", Long.class)),
                Decision.ofNullable(row.getString("decision")),
                row.getString("reason"),
                content(row, "amended_hash", "amended_size", "amended_content").orElse(null),
                row.getString("decided_by"));
    }

    private static Optional<TextContent> content(ResultSet row, String hash, String size, String inline)
            throws SQLException {
        String found = row.getString(hash);
        return found == null
                ? Optional.empty()
                : Optional.of(new TextContent(found, row.getLong(size), row.getBytes(inline)));
    }
}
