package dev.semel.server.options;

/** The server cannot start, for a reason that its operator can remove. The message is one sentence or two, without secrets. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message why, and what to do */
    public StartException(String message) {
        super(message);
    }

    /**
     * @param message why, and what to do
     * @param cause what was caught
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
