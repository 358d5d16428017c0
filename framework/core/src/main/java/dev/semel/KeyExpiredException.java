package dev.semel;

/** The key was used before, its record is gone and so is the proof that the payloads are equal: not executed again. */
public final class KeyExpiredException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public KeyExpiredException(String message) {
        super("IDEMPOTENCY_KEY_EXPIRED", message);
    }
}
