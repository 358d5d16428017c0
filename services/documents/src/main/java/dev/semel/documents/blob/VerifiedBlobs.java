package dev.semel.documents.blob;

import java.util.List;
import java.util.Optional;

/**
 * What the verification of some blobs found. Immutable.
 *
 * @param read how many blobs were read
 * @param bytes how many bytes they have
 * @param damaged those of them that are damaged
 * @param next the hash after which to go on; empty if there are no more
 */
public record VerifiedBlobs(long read, long bytes, List<DamagedBlob> damaged, Optional<String> next) {
    /** Copies the list. */
    public VerifiedBlobs {
        damaged = List.copyOf(damaged);
    }
}
