package dev.semel.cli.http;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import java.util.regex.Pattern;

/**
 * A bearer token. Immutable; prints as asterisks.
 *
 * @param value visible ASCII
 */
public record Token(String value) {

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7E]{1,4096}");

    /**
     * A token from somewhere.
     *
     * @param source is named if it is none
     */
    static Token of(String text, String source) {
        if (!SHAPE.matcher(text.strip()).matches()) {
            throw new CommandFailure(
                    ExitStatus.FORBIDDEN,
                    "TOKEN_UNUSABLE",
                    source + " holds no token: one line of visible ASCII.",
                    TokenSource.HOW_TO_LOG_IN);
        }
        return new Token(text.strip());
    }

    @Override
    public String toString() {
        return "***";
    }
}
