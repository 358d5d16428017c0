package dev.semel.sync;

import dev.semel.documents.blob.BlobTooLargeException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.blob.UnexpectedContentException;
import dev.semel.documents.content.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Bytes in memory, rows in the database. */
record TestBlobs(DataSource source, Map<String, byte[]> bytes) implements Blobs {
    TestBlobs(DataSource source) {
        this(source, new ConcurrentHashMap<>());
    }

    @Override
    public StoredBlob put(String tenant, InputStream content, long maxSize) throws IOException {
        byte[] read = content.readNBytes(Math.toIntExact(maxSize) + 1);
        if (read.length > maxSize) {
            throw new BlobTooLargeException(maxSize);
        }
        StoredBlob blob = new StoredBlob(ContentHash.of(read), read.length);
        bytes.put(tenant + "/" + blob.hash(), read);
        try {
            insert(tenant, blob);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return blob;
    }

    @Override
    public StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize) throws IOException {
        StoredBlob blob = put(tenant, content, maxSize);
        if (!blob.hash().equals(hash)) {
            throw new UnexpectedContentException();
        }
        return blob;
    }

    private void insert(String tenant, StoredBlob blob) throws SQLException {
        try (Connection connection = source.getConnection();
                var tenantSetting = connection.prepareStatement("SELECT set_config('semel.tenant', ?, true)");
                var insert = connection.prepareStatement("""
                        INSERT INTO semel_documents.blobs (tenant_id, hash, size, location)
                        VALUES (?, ?, ?, gen_random_uuid()) ON CONFLICT DO NOTHING
                        """)) {
            connection.setAutoCommit(false);
            tenantSetting.setString(1, tenant);
            tenantSetting.execute();
            insert.setString(1, tenant);
            insert.setString(2, blob.hash());
            insert.setLong(3, blob.size());
            insert.executeUpdate();
            connection.commit();
        }
    }

    @Override
    public Optional<StoredBlob> find(String tenant, String hash) {
        return Optional.ofNullable(bytes.get(tenant + "/" + hash)).map(stored -> new StoredBlob(hash, stored.length));
    }

    @Override
    public InputStream open(String tenant, StoredBlob blob) throws IOException {
        byte[] stored = bytes.get(tenant + "/" + blob.hash());
        if (stored == null) {
            throw new DamagedBlobException("missing");
        }
        if (!ContentHash.of(stored).equals(blob.hash())) {
            throw new DamagedBlobException("altered");
        }
        return new ByteArrayInputStream(stored);
    }
}
