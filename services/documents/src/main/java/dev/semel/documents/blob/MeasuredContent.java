package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;

/** Content on its way into a store: counted, hashed, and cut off where it gets too large. Not thread-safe; closes nothing. */
final class MeasuredContent extends InputStream {
    private final InputStream content;
    private final long maxSize;
    private final Sha256 sha256 = new Sha256();
    private long size;

    MeasuredContent(InputStream content, long maxSize) {
        this.content = content;
        this.maxSize = maxSize;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? read : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = content.read(bytes, offset, length);
        if (read > 0) {
            size += read;
            if (size > maxSize) {
                throw new BlobTooLargeException(maxSize);
            }
            sha256.update(bytes, offset, read);
        }
        return read;
    }

    /** What has flowed. Once, at the end. */
    StoredBlob blob() {
        return new StoredBlob(sha256.hash(), size);
    }
}
