package dev.semel;

/** The idempotency key is malformed. */
public final class InvalidKeyException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public InvalidKeyException(String message) {
        super("IDEMPOTENCY_KEY_INVALID", message);
    }
}
