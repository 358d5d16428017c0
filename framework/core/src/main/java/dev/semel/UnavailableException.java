package dev.semel;

import java.time.Duration;

/**
 * The database, or something else that a call needs, cannot be reached or does not answer. Whether an interrupted COMMIT took effect is answered by asking again
 * under the same key.
 */
public final class UnavailableException extends SemelException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** @param cause what the driver or the pool said */
    public UnavailableException(Throwable cause) {
        this("The database is not available.", cause);
    }

    /**
     * Something else that a call needs is not available. Nothing was written by it.
     *
     * @param message a sentence for the client
     * @param cause what was said
     */
    public UnavailableException(String message, Throwable cause) {
        super("UNAVAILABLE", message);
        initCause(cause);
    }

    /** When asking again makes sense. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
