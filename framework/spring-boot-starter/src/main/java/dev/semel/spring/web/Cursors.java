package dev.semel.spring.web;

import dev.semel.InvalidPayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions as opaque text. */
public final class Cursors {
    private Cursors() {}

    /** As a cursor. */
    public static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The parts of the position that a cursor names.
     *
     * @throws InvalidPayloadException unless it has this shape
     */
    public static MatchResult decode(String cursor, Pattern shape) {
        Matcher matcher = shape.matcher(decode(cursor));
        if (!matcher.matches()) {
            throw invalid();
        }
        return matcher;
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static InvalidPayloadException invalid() {
        return InvalidPayloadException.invalid("/cursor", "is not a cursor of this collection");
    }
}
