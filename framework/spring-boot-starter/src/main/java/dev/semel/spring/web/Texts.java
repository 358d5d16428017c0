package dev.semel.spring.web;

/**
 * Patterns of text members. They count characters as readers do (a character beyond the basic plane is one), take any script,
 * and refuse control characters.
 */
public final class Texts {
    /** Up to 50 characters. */
    public static final String SHORT = "\\P{Cc}{1,50}";

    /** Up to 200 characters. */
    public static final String LINE = "\\P{Cc}{1,200}";

    /** Up to 500 characters. */
    public static final String LONG_LINE = "\\P{Cc}{1,500}";

    /** Something at something, without blanks; whether mail arrives there, only mail can tell. */
    public static final String EMAIL = "[^\\s\\p{Z}\\p{Cc}@]{1,64}@[^\\s\\p{Z}\\p{Cc}@]{1,189}";

    /** The message for {@link #SHORT}. */
    public static final String SHORT_MESSAGE = "must have 1 to 50 characters and no control characters";

    /** The message for {@link #LINE}. */
    public static final String LINE_MESSAGE = "must have 1 to 200 characters and no control characters";

    /** The message for {@link #LONG_LINE}. */
    public static final String LONG_LINE_MESSAGE = "must have 1 to 500 characters and no control characters";

    /** The message for {@link #EMAIL}. */
    public static final String EMAIL_MESSAGE = "must be an e-mail address";

    private Texts() {}
}
