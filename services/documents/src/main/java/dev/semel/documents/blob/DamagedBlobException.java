package dev.semel.documents.blob;

import java.io.IOException;

/** Content that was put is missing or altered. */
public final class DamagedBlobException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what is wrong with it, without the content */
    public DamagedBlobException(String what) {
        super(what);
    }
}
