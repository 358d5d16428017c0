package dev.semel.documents.blob;

import java.io.IOException;

/** Content that is not what its name says. */
public final class UnexpectedContentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Without the content. */
    public UnexpectedContentException() {
        super("content of another hash");
    }
}
