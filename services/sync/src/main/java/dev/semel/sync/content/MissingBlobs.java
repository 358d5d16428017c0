package dev.semel.sync.content;

import java.util.List;

/**
 * Hashes of contents that the store does not have, in the order in which they were asked for. Immutable.
 *
 * @param missing to be put
 */
public record MissingBlobs(List<String> missing) {
    /** Copies the hashes. */
    public MissingBlobs {
        missing = List.copyOf(missing);
    }

    /**
     * Which contents a client has.
     *
     * @param hashes up to 1,000
     */
    public record Asked(List<String> hashes) {}
}
