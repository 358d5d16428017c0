package dev.semel.cli;

/** How a command ended, for scripts. */
public enum ExitStatus {
    DONE(0),
    ERROR(1),
    USAGE(2),
    /** Not logged in, or not allowed. */
    FORBIDDEN(4),
    /** Refused by the state that the server is in: the same command is refused again. */
    REFUSED(5),
    /** The same command may succeed later. */
    TEMPORARY(8),
    /** What was compared differs. */
    DIFFERENCES(10);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }
}
