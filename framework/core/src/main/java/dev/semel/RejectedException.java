package dev.semel;

import java.util.Map;
import java.util.TreeMap;

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
        PRECONDITION,
        /** It is not this caller's to do. */
        FORBIDDEN,
        /** Somebody else is at it: the same request may succeed soon. */
        BUSY
    }

    private final Reason reason;
    private final boolean replayed;
    private final transient Map<String, Object> members;

    /**
     * A rejection of any kind.
     *
     * @param replayed whether an earlier, remembered rejection is answered again
     */
    public RejectedException(Reason reason, String code, String message, boolean replayed) {
        this(reason, code, message, replayed, Map.of());
    }

    /**
     * A rejection of any kind that tells more than its message.
     *
     * @param members written as JSON beside the code, as they are; no name of RFC 9457 or of Semel's problems
     */
    public RejectedException(
            Reason reason, String code, String message, boolean replayed, Map<String, Object> members) {
        super(code, message);
        this.reason = reason;
        this.replayed = replayed;
        this.members = Map.copyOf(members);
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

    /** It is not this caller's to do. */
    public static RejectedException forbidden(String code, String message) {
        return new RejectedException(Reason.FORBIDDEN, code, message, false);
    }

    /** Somebody else is at it: the same request may succeed soon. */
    public static RejectedException busy(String code, String message) {
        return new RejectedException(Reason.BUSY, code, message, false);
    }

    @Override
    public boolean retryable() {
        return reason == Reason.BUSY;
    }

    /** The same rejection as a new one. */
    public RejectedException asNew() {
        return new RejectedException(reason, code(), String.valueOf(getMessage()), false, members());
    }

    /** The same rejection that tells one thing more. */
    public RejectedException with(String name, Object value) {
        Map<String, Object> all = new TreeMap<>(members());
        all.put(name, value);
        return new RejectedException(reason, code(), String.valueOf(getMessage()), replayed, all);
    }

    /** What it tells beside its code and message, by name; to be written as JSON. Empty after deserialization. */
    public Map<String, Object> members() {
        return members == null ? Map.of() : members;
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
