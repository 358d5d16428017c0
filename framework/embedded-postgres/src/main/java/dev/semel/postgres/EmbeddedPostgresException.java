package dev.semel.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be set up, started or stopped. The message says why and what to do about it. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message why, and what to do
     */
    public EmbeddedPostgresException(String message) {
        this(message, null);
    }

    /**
     * @param message why, and what to do
     * @param cause what was caught, or null
     */
    public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
