package dev.semel.books.workflows;

/** A step failed for a reason that has a name. */
public final class WorkflowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code up to 64 upper-case letters, digits and underscores: no payload and no personal data */
    public WorkflowException(String code) {
        super(code);
        if (!code.matches("[A-Z0-9_]{1,64}")) {
            throw new IllegalArgumentException("a code is upper-case words joined by underscores");
        }
        this.code = code;
    }

    /** Why, in upper case. */
    public String code() {
        return code;
    }
}
