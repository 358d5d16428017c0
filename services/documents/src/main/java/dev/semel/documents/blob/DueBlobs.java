package dev.semel.documents.blob;

import java.util.List;

/**
 * Blobs that seem to be needed no more. Immutable.
 *
 * @param hashes at most some hundreds
 */
record DueBlobs(List<String> hashes) {
    DueBlobs {
        hashes = List.copyOf(hashes);
    }
}
