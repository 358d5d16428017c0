package dev.semel.spring.web;

import java.util.regex.Pattern;

/** A position in a collection that is numbered without gaps in the order of its commits. Immutable. */
public record NumberPosition(long number) {
    private static final Pattern SHAPE = Pattern.compile("n([0-9]{1,18})");

    /**
     * The position that a request's cursor names.
     *
     * @throws dev.semel.InvalidPayloadException if it is no cursor of such a collection
     */
    public static NumberPosition of(PageRequest request) {
        return request.cursor() == null
                ? new NumberPosition(0)
                : new NumberPosition(
                        Long.parseLong(Cursors.decode(request.cursor(), SHAPE).group(1)));
    }

    /** As a cursor. */
    public String cursor() {
        return Cursors.encode("n" + number);
    }
}
