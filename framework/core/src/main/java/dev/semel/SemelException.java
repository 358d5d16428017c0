package dev.semel;

/**
 * A call that was refused or failed: nothing was written or emitted by it. Where that cannot be known it is {@linkplain
 * #retryable() retryable}, and asking again under the same key tells.
 */
public abstract sealed class SemelException extends RuntimeException
        permits InvalidKeyException,
                InvalidPayloadException,
                KeyExpiredException,
                KeyReusedException,
                LeaseLostException,
                ReentryException,
                RejectedException,
                RequestInProgressException,
                ResultTooLargeException,
                UnavailableException {
    private static final long serialVersionUID = 1L;

    private final String code;

    SemelException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Stable across releases; safe to log and to show. */
    public final String code() {
        return code;
    }

    /** Whether the same call under the same key may succeed later, unchanged. */
    public boolean retryable() {
        return false;
    }
}
