package dev.semel.failpoint;

import java.util.regex.Pattern;

/**
 * A named place in the code. Declared once, as a constant.
 *
 * @param name lower-case words joined by dots and hyphens, such as {@code documents.create.after-document-insert}
 */
public record Failpoint(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+){1,7}");

    /** @throws IllegalArgumentException if the name is malformed */
    public Failpoint {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid failpoint name: must match " + NAME);
        }
    }
}
