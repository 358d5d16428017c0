package dev.semel.documents.blob;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_documents.blobs}. */
final class BlobTable {
    /** The default of {@code put_at} is the database's clock. A row that is there keeps its location. */
    private static final String KEEP = """
            INSERT INTO semel_documents.blobs AS kept (tenant_id, hash, size, location) VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant_id, hash) DO UPDATE SET put_at = greatest(kept.put_at, excluded.put_at)
            RETURNING location""";

    private static final String MOVE = """
            UPDATE semel_documents.blobs SET location = ? WHERE tenant_id = ? AND hash = ? AND location = ?""";

    /** Only one that may be collected soon: who looks again and again leaves no old versions of the row. */
    private static final String RENEW = """
            UPDATE semel_documents.blobs SET put_at = statement_timestamp()
             WHERE tenant_id = ? AND hash = ? AND put_at < statement_timestamp() - make_interval(secs => ?)""";

    private static final String FIND = """
            SELECT hash, size, location, put_at FROM semel_documents.blobs WHERE tenant_id = ? AND hash = ?""";

    private static final String PAGE = """
            SELECT hash, size, location, put_at FROM semel_documents.blobs
             WHERE tenant_id = ? AND hash > ? ORDER BY hash LIMIT ?""";

    private static final String DUE = """
            SELECT hash, size, location, put_at FROM semel_documents.blobs AS blob
             WHERE tenant_id = ? AND (put_at, hash) > (?, ?)
               AND put_at < statement_timestamp() - make_interval(secs => ?)
               AND NOT EXISTS (SELECT FROM semel_documents.document_versions AS version
                                WHERE version.tenant_id = blob.tenant_id AND version.blob_hash = blob.hash)
               AND NOT EXISTS (SELECT FROM semel_documents.blob_holds AS hold
                                WHERE hold.tenant_id = blob.tenant_id AND hold.blob_hash = blob.hash)
             ORDER BY put_at, hash LIMIT ?""";

    /** Waits for nobody: what is locked is being put or referenced. */
    private static final String LOCK = """
            SELECT hash FROM semel_documents.blobs WHERE tenant_id = ? AND hash = ANY (?) FOR UPDATE SKIP LOCKED""";

    /** After the lock, in a statement of its own that sees all references that were committed before it. */
    private static final String COLLECT = """
            DELETE FROM semel_documents.blobs AS blob
             WHERE tenant_id = ? AND hash = ANY (?) AND put_at < statement_timestamp() - make_interval(secs => ?)
               AND NOT EXISTS (SELECT FROM semel_documents.document_versions AS version
                                WHERE version.tenant_id = blob.tenant_id AND version.blob_hash = blob.hash)
               AND NOT EXISTS (SELECT FROM semel_documents.blob_holds AS hold
                                WHERE hold.tenant_id = blob.tenant_id AND hold.blob_hash = blob.hash)
            RETURNING location""";

    private static final String KNOWN = """
            SELECT location FROM semel_documents.blobs WHERE tenant_id = ? AND location = ANY (?::uuid[])""";

    private final JdbcClient jdbc;

    BlobTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row. */
    record Row(String hash, long size, UUID location, OffsetDateTime putAt) {
        StoredBlob blob() {
            return new StoredBlob(hash, size);
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("hash"),
                row.getLong("size"),
                row.getObject("location", UUID.class),
                row.getObject("put_at", OffsetDateTime.class));
    }

    /** Makes the row, or renews its time; returns the location that counts from now on. */
    UUID keep(Location location, StoredBlob blob) {
        return jdbc.sql(KEEP)
                .params(location.tenant(), blob.hash(), blob.size(), location.id())
                .query(UUID.class)
                .single();
    }

    /** False if the row is no more where it was. */
    boolean move(String hash, UUID from, Location to) {
        return jdbc.sql(MOVE).params(to.id(), to.tenant(), hash, from).update() == 1;
    }

    /** As if it had been put again now, if that was so long ago. Waits for a collector that has it, and does nothing if it is gone then. */
    void renew(String tenant, String hash, Duration age) {
        jdbc.sql(RENEW).params(tenant, hash, seconds(age)).update();
    }

    Optional<Row> find(String tenant, String hash) {
        return jdbc.sql(FIND).params(tenant, hash).query(BlobTable::row).optional();
    }

    /** In the order of their hashes. */
    List<Row> page(String tenant, String afterHash, int limit) {
        return jdbc.sql(PAGE)
                .params(tenant, afterHash, limit)
                .query(BlobTable::row)
                .list();
    }

    /** How far a reader of {@link #due} has come. */
    record Place(OffsetDateTime putAt, String hash) {
        static final Place START = new Place(OffsetDateTime.MIN, "");

        static Place of(Row row) {
            return new Place(row.putAt(), row.hash());
        }
    }

    /** Those that nothing references and that were last put so long ago, oldest first. */
    List<Row> due(String tenant, Place after, Duration grace, int limit) {
        return jdbc.sql(DUE)
                .params(tenant, after.putAt(), after.hash(), seconds(grace), limit)
                .query(BlobTable::row)
                .list();
    }

    /** Those that nobody else has locked. */
    List<String> lock(String tenant, List<String> hashes) {
        return jdbc.sql(LOCK)
                .params(tenant, hashes.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Deletes those that still may go, and returns where their bytes are. */
    List<UUID> collect(String tenant, List<String> lockedHashes, Duration grace) {
        return jdbc.sql(COLLECT)
                .params(tenant, lockedHashes.toArray(String[]::new), seconds(grace))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Those that have a row. */
    List<UUID> known(String tenant, List<UUID> locations) {
        return jdbc.sql(KNOWN)
                .params(tenant, locations.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
