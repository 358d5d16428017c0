package dev.semel;

/** The key belongs to another payload or another operation. */
public final class KeyReusedException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public KeyReusedException(String message) {
        this("IDEMPOTENCY_KEY_REUSED", message);
    }

    private KeyReusedException(String code, String message) {
        super(code, message);
    }

    /** For a key of this operation that was used before with another payload. */
    public static KeyReusedException usedBefore(Operation<?, ?> operation) {
        return of(operation, "was used before");
    }

    /** For a key of this operation that another payload is being executed under. */
    public static KeyReusedException inUse(Operation<?, ?> operation) {
        return of(operation, "is in use");
    }

    private static KeyReusedException of(Operation<?, ?> operation, String what) {
        return operation.keyRule() instanceof KeyRule.FromPayload<?> rule
                ? new KeyReusedException(
                        rule.code("REUSED"), "This " + rule.member() + " " + what + " with another payload.")
                : new KeyReusedException("This idempotency key " + what + " with another payload.");
    }
}
