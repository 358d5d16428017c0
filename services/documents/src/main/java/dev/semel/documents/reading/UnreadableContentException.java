package dev.semel.documents.reading;

import dev.semel.documents.blob.DamagedBlobException;
import dev.semel.documents.versions.Version;
import java.io.IOException;

/** Content that ought to be there cannot be read. */
public final class UnreadableContentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean damaged;

    UnreadableContentException(Version version, IOException cause) {
        super("version " + version.version() + " of document " + version.documentId() + " cannot be read", cause);
        this.damaged = cause instanceof DamagedBlobException;
    }

    /** Whether it is missing or altered, and not merely out of reach. */
    public boolean isDamaged() {
        return damaged;
    }
}
