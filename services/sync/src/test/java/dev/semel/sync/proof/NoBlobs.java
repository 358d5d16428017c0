package dev.semel.sync.proof;

import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.StoredBlob;
import java.io.InputStream;
import java.util.Optional;

/** For tests whose contents are all small enough to lie in their rows. */
public final class NoBlobs implements Blobs {
    @Override
    public StoredBlob put(String tenant, InputStream content, long maxSize) {
        throw new IllegalStateException("a content of this test is too large");
    }

    @Override
    public StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize) {
        throw new IllegalStateException("a content of this test is too large");
    }

    @Override
    public Optional<StoredBlob> find(String tenant, String hash) {
        return Optional.empty();
    }

    @Override
    public InputStream open(String tenant, StoredBlob blob) {
        throw new IllegalStateException("a content of this test is too large");
    }
}
