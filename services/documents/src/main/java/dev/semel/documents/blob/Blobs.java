package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

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
     * Content that was put before, if all of its bytes are in the store. Its bytes are counted and not read. What is found is kept for
     * at least half a day from now on, also if nothing names it yet. Costs a short transaction and a look into the store.
     *
     * @param hash {@code sha256:} and 64 hexadecimal digits
     * @return empty if there is none of that hash, or its bytes are missing or not as many as they were: put it again
     * @throws IOException if the store cannot be reached
     * @throws dev.semel.UnavailableException if the database cannot be reached
     */
    Optional<StoredBlob> find(String tenant, String hash) throws IOException;

    /**
     * The content, to be closed by the caller. Its bytes are compared with the hash while they are read; the last read throws
     * {@link DamagedBlobException} if they are not the content that was put.
     *
     * @throws DamagedBlobException if there is no such content, or not as long as it was
     * @throws IOException if the store cannot be reached
     */
    InputStream open(String tenant, StoredBlob blob) throws IOException;
}
