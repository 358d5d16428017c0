package dev.semel.sync.text;

import org.jspecify.annotations.Nullable;

/**
 * What of one op of a push makes it another push.
 *
 * @param kind what is done
 * @param fileId to which file
 * @param serverPath its path, as it was sent; null if none was sent
 * @param baseVersion the version that the client has seen; 0 for a new file
 * @param contentHash the hash of the content's stored form, be it in the op or put before; null for a delete
 */
public record HashedOp(
        Kind kind,
        FileId fileId,
        @Nullable String serverPath,
        long baseVersion,
        @Nullable String contentHash) {
    /** What an op does. The numbers are part of the hash's form. */
    public enum Kind {
        /** Makes the file or changes it. */
        UPSERT(1),
        /** Deletes the file. */
        DELETE(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
