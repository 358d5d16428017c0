package dev.semel;

/** A handler failed with a checked exception. Everything was rolled back. Unchecked exceptions pass as they are. */
public final class HandlerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what the handler threw */
    public HandlerFailedException(Throwable cause) {
        super("the handler failed: " + cause.getClass().getSimpleName(), cause);
    }
}
