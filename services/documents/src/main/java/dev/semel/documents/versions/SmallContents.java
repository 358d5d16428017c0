package dev.semel.documents.versions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contents that lie in their rows, many at once. Works in the transaction of its caller. Thread-safe. */
public final class SmallContents {
    private static final String FIND = """
            SELECT version.document_id, version.inline_content
            FROM unnest(?::uuid[], ?::bigint[]) AS wanted(document_id, version)
            JOIN semel_documents.document_versions AS version
              ON version.tenant_id = ? AND version.document_id = wanted.document_id AND version.version = wanted.version
            WHERE version.inline_content IS NOT NULL
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public SmallContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The contents by document, of those that are there and no blobs.
     *
     * @param documents each at most once
     * @param versions one for each document, in the same order
     */
    public Map<UUID, byte[]> find(String tenant, List<UUID> documents, List<Long> versions) {
        Map<UUID, byte[]> found = new HashMap<>();
        jdbc.sql(FIND)
                .params(documents.stream().map(UUID::toString).toArray(String[]::new), versions.toArray(Long[]::new))
                .param(tenant)
                .query(row -> {
                    found.put(row.getObject("document_id", UUID.class), row.getBytes("inline_content"));
                });
        return found;
    }
}
