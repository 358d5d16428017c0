package dev.semel.cli;

import java.util.List;

/** A failure with all that its user needs: a code to search for, a cause to understand, and the next command to type. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final String code;
    private final String next;

    /**
     * Makes a failure.
     *
     * @param code upper-case words joined by underscores
     * @param cause one sentence or two, without secrets
     * @param next a command
     */
    public CommandFailure(ExitStatus status, String code, String cause, String next) {
        super(cause);
        this.status = status;
        this.code = code;
        this.next = next;
    }

    /** A command that was typed wrong. */
    public static CommandFailure usage(String cause, String next) {
        return new CommandFailure(ExitStatus.USAGE, "USAGE", cause, next);
    }

    public ExitStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String next() {
        return next;
    }

    /** What is shown. */
    public List<String> lines() {
        return List.of("semel: " + code + ": " + Printable.text(String.valueOf(getMessage())), "next:  " + next);
    }
}
