package dev.semel.documents.blob;

import java.io.IOException;
import java.time.Duration;

/** Content took too long to arrive. Nothing was kept; it may be put again. */
public final class PutTooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param limit how long it may take */
    public PutTooSlowException(Duration limit) {
        super("content took longer than " + limit + " to arrive");
    }
}
