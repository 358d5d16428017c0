package dev.semel.server.options;

/**
 * A text that must not be seen: it prints as asterisks. Immutable.
 *
 * @param value the text
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
