package dev.semel.spring.internal;

/** A gated request came without its idempotency key. */
final class KeyRequiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyRequiredException() {
        super("This route needs the header Idempotency-Key.");
    }
}
