package dev.semel;

/**
 * A business rule refuses the write. Everything is rolled back; the key stays free unless the operation {@linkplain
 * Operation.Builder#rememberRejections remembers rejections}.
 */
public final class RejectedException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is. */
    public enum Reason {
        /** The request breaks a rule. */
        RULE,
        /** The request does not fit the present state. */
        CONFLICT,
        /** What it names does not exist for this tenant. */
        NOT_FOUND,
        /** The state is not the one that the caller stated. */
        PRECONDITION
    }

    private final Reason reason;
    private final boolean replayed;

    /**
     * A rejection of any kind.
     *
     * @param replayed whether an earlier, remembered rejection is answered again
     */
    public RejectedException(Reason reason, String code, String message, boolean replayed) {
        super(code, message);
        this.reason = reason;
        this.replayed = replayed;
    }

    /** The request breaks a rule. */
    public static RejectedException rule(String code, String message) {
        return new RejectedException(Reason.RULE, code, message, false);
    }

    /** The request does not fit the present state. */
    public static RejectedException conflict(String code, String message) {
        return new RejectedException(Reason.CONFLICT, code, message, false);
    }

    /** What the request names does not exist for this tenant. */
    public static RejectedException notFound(String message) {
        return new RejectedException(Reason.NOT_FOUND, "NOT_FOUND", message, false);
    }

    /** The state is not the one that the caller stated. */
    public static RejectedException precondition(String message) {
        return new RejectedException(Reason.PRECONDITION, "PRECONDITION_FAILED", message, false);
    }

    /** The same rejection as a new one. */
    public RejectedException asNew() {
        return new RejectedException(reason, code(), String.valueOf(getMessage()), false);
    }

    /** What kind of refusal it is. */
    public Reason reason() {
        return reason;
    }

    /** Whether an earlier, remembered rejection is answered again. */
    public boolean replayed() {
        return replayed;
    }
}
