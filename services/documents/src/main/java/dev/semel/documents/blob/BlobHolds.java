package dev.semel.documents.blob;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps blobs for something other than a version: what is held is not collected. Works in the transaction of its caller, one
 * statement each. Thread-safe.
 */
public final class BlobHolds {
    private static final String HOLD = """
            INSERT INTO semel_documents.blob_holds (tenant_id, holder, blob_hash)
            SELECT ?, ?, hash FROM unnest(?::text[]) AS hash
            ON CONFLICT (tenant_id, holder, blob_hash) DO NOTHING
            """;
    private static final String RELEASE = """
            DELETE FROM semel_documents.blob_holds WHERE tenant_id = ? AND holder = ?
            """;

    private static final String HOLDERS = """
            SELECT DISTINCT holder FROM semel_documents.blob_holds
            WHERE tenant_id = ? AND starts_with(holder, ?) AND holder > ?
            ORDER BY holder
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public BlobHolds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Holds blobs from the commit on; those that are held already stay so.
     *
     * @param holder 1 to 200 characters, unique in the tenant: who releases them
     * @param hashes of blobs that are there
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no blob of one of the hashes
     */
    public void hold(String tenant, String holder, Collection<String> hashes) {
        if (!hashes.isEmpty()) {
            jdbc.sql(HOLD).params(tenant, holder, hashes.toArray(String[]::new)).update();
        }
    }

    /**
     * Who holds anything, in the order of their names.
     *
     * @param prefix how their names begin
     * @param after the last name of the page before; empty at first
     */
    public List<String> holders(String tenant, String prefix, String after, int limit) {
        return jdbc.sql(HOLDERS)
                .params(tenant, prefix, after, limit)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Lets go of all that the holder holds, which may be nothing. */
    public void release(String tenant, String holder) {
        jdbc.sql(RELEASE).params(tenant, holder).update();
    }
}
