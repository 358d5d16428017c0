package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of one tenant's documents. Thread-safe. Nothing here may be called inside a transaction: putting takes as long as the
 * bytes take.
 */
public interface Blobs {
    /**
     * Stores content, and returns when it is durable. The same content twice is one blob; one that nothing names yet is kept for at
     * least a day, also if it was there before.
     *
     * @param content is read to its end and not closed
     * @param maxSize in bytes
     * @throws BlobTooLargeException if there is more; nothing is kept
     * @throws IOException if the content cannot be read or the store cannot be reached
     */
    StoredBlob put(String tenant, InputStream content, long maxSize) throws IOException;

    /**
     * Stores content of a known hash, and returns when it is durable.
     *
     * @param hash {@code sha256:} and 64 hexadecimal digits
     * @param content is read to its end and not closed
     * @param maxSize in bytes
     * @throws UnexpectedContentException if it has another hash; nothing is kept
     * @throws BlobTooLargeException if there is more; nothing is kept
     * @throws IOException if the content cannot be read or the store cannot be reached
     */
    StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize) throws IOException;

    /**
     * The content, to be closed by the caller. Its bytes are compared with the hash while they are read; the last read throws
     * {@link DamagedBlobException} if they are not the content that was put.
     *
     * @throws DamagedBlobException if there is no such content, or not as long as it was
     * @throws IOException if the store cannot be reached
     */
    InputStream open(String tenant, StoredBlob blob) throws IOException;
}
