package dev.semel.documents.versions;

import dev.semel.Write;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_documents.version_changes}: a late retry finds here what it has done. Works in the transaction of its caller. */
public final class ChangeTable {
    private static final String INSERT = """
            INSERT INTO semel_documents.version_changes (tenant_id, id, document_id, version, kind, created_by)
            VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND = """
            SELECT document_id, version FROM semel_documents.version_changes
            WHERE tenant_id = ? AND id = ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is done to a version. */
    enum Kind {
        ACTIVATED,
        DELETED,
        RESTORED
    }

    /** Which version a write has changed. Immutable. */
    public record Changed(UUID document, long version) {}

    /** Notes what this write does. */
    void insert(Write<?> write, UUID document, long version, Kind kind) {
        jdbc.sql(INSERT)
                .params(write.tenant(), write.resultId(), document, version)
                .params(kind.name().toLowerCase(Locale.ROOT), write.caller().user())
                .update();
    }

    /** What the write of that result id has changed; empty if it has not happened. */
    public Optional<Changed> find(String tenant, UUID id) {
        return jdbc.sql(FIND)
                .params(tenant, id)
                .query((row, number) -> new Changed(row.getObject("document_id", UUID.class), row.getLong("version")))
                .optional();
    }

    boolean isDone(Write<?> write) {
        return find(write.tenant(), write.resultId()).isPresent();
    }
}
