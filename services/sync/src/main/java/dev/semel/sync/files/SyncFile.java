package dev.semel.sync.files;

import java.util.UUID;

/**
 * A file as main has it. Immutable.
 *
 * @param path where it is, or was when it was deleted
 * @param pathKey what is unique among the scope's live files
 * @param version of the file: content, path and deletion all count
 * @param documentVersion of the document that has the content
 * @param isDeleted whether only its tombstone is left
 */
public record SyncFile(
        String fileId,
        String path,
        String pathKey,
        long version,
        UUID documentId,
        long documentVersion,
        String contentHash,
        long size,
        boolean isDeleted) {
    /** What stands for the content of a tombstone: its hash is still the one of what was deleted. */
    public static final String DELETED = "deleted";

    /** What a client sees as this version: the hash of its content, or {@link #DELETED}. */
    public String seenHash() {
        return isDeleted ? DELETED : contentHash;
    }
}
