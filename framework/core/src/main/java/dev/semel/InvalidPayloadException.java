package dev.semel;

import java.util.List;

/** The payload is not what the operation takes. */
public final class InvalidPayloadException extends SemelException {
    private static final long serialVersionUID = 1L;

    /**
     * One thing that is wrong.
     *
     * @param pointer JSON pointer (RFC 6901) to the place, empty for the whole document
     * @param detail what is wrong there, without repeating what was sent
     */
    public record Violation(String pointer, String detail) {}

    private final transient List<Violation> errors;

    private InvalidPayloadException(String code, String message, List<Violation> errors) {
        super(code, message);
        this.errors = errors;
    }

    /** Not well-formed JSON, or beyond the bounds of {@link PayloadCodec#canonical}. */
    public static InvalidPayloadException malformed(String message) {
        return new InvalidPayloadException("MALFORMED_JSON", message, List.of());
    }

    /** Well-formed, but a member is missing, unknown or of the wrong kind. */
    public static InvalidPayloadException invalid(String pointer, String detail) {
        return invalid(List.of(new Violation(pointer, detail)));
    }

    /** Well-formed, but not valid; all errors at once. */
    public static InvalidPayloadException invalid(List<Violation> errors) {
        return new InvalidPayloadException("VALIDATION_FAILED", "The request is not valid.", List.copyOf(errors));
    }

    /** Larger than is taken. */
    public static InvalidPayloadException tooLarge(String message) {
        return new InvalidPayloadException("PAYLOAD_TOO_LARGE", message, List.of());
    }

    /** What is wrong, place by place; empty where the document as a whole is. */
    public List<Violation> errors() {
        return errors;
    }
}
