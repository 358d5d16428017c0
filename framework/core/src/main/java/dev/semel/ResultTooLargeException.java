package dev.semel;

/** The handler's result exceeds the operation's cap for stored responses. */
public final class ResultTooLargeException extends SemelException {
    private static final long serialVersionUID = 1L;

    /** @param message says what is wrong, without repeating what was sent */
    public ResultTooLargeException(String message) {
        super("RESULT_TOO_LARGE", message);
    }
}
