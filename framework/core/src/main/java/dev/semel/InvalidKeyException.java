package dev.semel;

/** The idempotency key is malformed. */
public final class InvalidKeyException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public InvalidKeyException(String message) {
        this("IDEMPOTENCY_KEY_INVALID", message);
    }

    private InvalidKeyException(String code, String message) {
        super(code, message);
    }

    /** For a payload without the member that has to name its write. */
    public static InvalidKeyException missing(KeyRule.FromPayload<?> rule) {
        return new InvalidKeyException(rule.code("REQUIRED"), "The member " + rule.member() + " is required.");
    }
}
