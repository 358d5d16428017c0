package dev.semel;

import java.time.Duration;

/** Another call under the same key is still running and did not finish within the operation's wait limit. */
public final class RequestInProgressException extends SemelException {
    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** For a call that has waited long enough. */
    public RequestInProgressException() {
        super("REQUEST_IN_PROGRESS", "Another request with this idempotency key is still running.");
    }

    /** When asking again makes sense. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
