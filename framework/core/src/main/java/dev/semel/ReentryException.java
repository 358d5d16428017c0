package dev.semel;

/** A write was started inside a write. Use {@link Write#nested}. */
public final class ReentryException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public ReentryException(String message) {
        super("REENTRY", message);
    }
}
