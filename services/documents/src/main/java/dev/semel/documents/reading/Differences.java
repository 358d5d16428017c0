package dev.semel.documents.reading;

import dev.semel.RejectedException;

/** Differences of texts, for modules that stand on this one. */
public final class Differences {
    private Differences() {}

    /**
     * The unified difference, which {@code patch} takes; empty if there is none. Takes about a second at worst.
     *
     * @param fromName of the texts, for the head
     * @throws RejectedException if too much differs
     */
    public static String unified(String fromName, String from, String toName, String to) {
        return Diffing.unified(fromName, from, toName, to);
    }
}
