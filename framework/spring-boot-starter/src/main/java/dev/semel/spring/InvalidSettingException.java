package dev.semel.spring;

/** A setting under {@code semel} that the application cannot start with. The message names it and says what it may be. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence, for whoever starts the application */
    public InvalidSettingException(String message) {
        super(message);
    }

    /**
     * @param message one sentence, for whoever starts the application
     * @param cause what refused the setting
     */
    public InvalidSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
