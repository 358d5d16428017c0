package dev.semel;

/** The key belongs to another payload or another operation. */
public final class KeyReusedException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public KeyReusedException(String message) {
        super("IDEMPOTENCY_KEY_REUSED", message);
    }
}
