package dev.semel.cli;

/** A failure whose message is meant for the user; the command ends with exit code 1 and no stack trace. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CliException(String message) {
        super(message);
    }

    public CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
