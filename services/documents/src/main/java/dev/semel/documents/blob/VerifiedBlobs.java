package dev.semel.documents.blob;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the verification of some blobs found. Immutable.
 *
 * @param read how many blobs were read, or tried to be
 * @param bytes how many bytes they have
 * @param damaged those of them that are damaged
 * @param unreadable those of them that could not be read: nobody knows what they are
 * @param next the hash after which to go on; empty if there are no more
 * @param outage why the last ones could not be read, if there were so many in a row that it is the store rather than they
 */
public record VerifiedBlobs(
        long read,
        long bytes,
        List<DamagedBlob> damaged,
        List<DamagedBlob> unreadable,
        Optional<String> next,
        Optional<IOException> outage) {
    /** Copies the lists. */
    public VerifiedBlobs {
        damaged = List.copyOf(damaged);
        unreadable = List.copyOf(unreadable);
    }
}
