package dev.semel.documents.blob;

import java.io.IOException;

/** Content is larger than it may be. */
public final class BlobTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param maxSize in bytes */
    public BlobTooLargeException(long maxSize) {
        super("content of more than " + maxSize + " bytes");
    }
}
