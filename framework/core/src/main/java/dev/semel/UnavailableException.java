package dev.semel;

import java.time.Duration;

/**
 * The database cannot be reached or does not answer. Whether an interrupted COMMIT took effect is answered by asking again
 * under the same key.
 */
public final class UnavailableException extends SemelException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** @param cause what the driver or the pool said */
    public UnavailableException(Throwable cause) {
        super("UNAVAILABLE", "The database is not available.");
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
