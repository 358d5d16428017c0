package dev.semel.spring;

/** A request without a valid credential. Answered 401. */
public final class UnauthenticatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For a request without a valid credential. */
    public UnauthenticatedException() {
        super("A valid credential is required.");
    }
}
