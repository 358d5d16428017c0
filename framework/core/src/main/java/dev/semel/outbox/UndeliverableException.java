package dev.semel.outbox;

/** An event that no further attempt would deliver, because it cannot be decoded for example. It is parked at once. */
public final class UndeliverableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason for operators: no payload and no personal data */
    public UndeliverableException(String reason) {
        super(reason);
    }

    /**
     * @param reason for operators: no payload and no personal data
     * @param cause what happened
     */
    public UndeliverableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
