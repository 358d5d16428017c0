package dev.semel.documents.reading;

import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.versions.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The content of a version, found and not opened yet. Immutable.
 *
 * @param small the bytes, if they lie in the row
 */
record FoundContent(String tenant, Version version, Optional<byte[]> small) {
    InputStream open(Blobs blobs) throws IOException {
        return small.isPresent()
                ? new ByteArrayInputStream(small.get())
                : blobs.open(tenant, new StoredBlob(version.contentHash(), version.size()));
    }
}
