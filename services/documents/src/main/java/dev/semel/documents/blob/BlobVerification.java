package dev.semel.documents.blob;

import java.util.List;

/**
 * What a verification found. Immutable.
 *
 * @param read how many blobs were read
 * @param damaged how many of them are damaged
 * @param named the damaged ones, at most the first thousand
 */
public record BlobVerification(long read, long damaged, List<DamagedBlob> named) {
    /** Copies the list. */
    public BlobVerification {
        named = List.copyOf(named);
    }
}
