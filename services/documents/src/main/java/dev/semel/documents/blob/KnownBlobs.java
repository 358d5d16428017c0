package dev.semel.documents.blob;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which contents there are. Works in the transaction of its caller. Thread-safe. */
public final class KnownBlobs {
    private static final String FIND = """
            SELECT hash, size FROM semel_documents.blobs WHERE tenant_id = ? AND hash = ANY (?)
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public KnownBlobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these contents that the tenant has, in no order. What nothing keeps may be collected any time. */
    public List<StoredBlob> find(String tenant, Collection<String> hashes) {
        return jdbc.sql(FIND)
                .params(tenant, hashes.toArray(String[]::new))
                .query((row, number) -> new StoredBlob(row.getString("hash"), row.getLong("size")))
                .list();
    }
}
