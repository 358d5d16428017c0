package dev.semel.sync.articles;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary article. Immutable.
 *
 * @param version goes on when an article that was deleted comes back
 * @param documentId the document that has its content; null if it is deleted
 * @param lastWrite the write that made this of it
 */
record Article(
        String name,
        long version,
        @Nullable UUID documentId,
        long documentVersion,
        String contentHash,
        long size,
        UUID lastWrite) {
    boolean isDeleted() {
        return documentId == null;
    }

    Doc doc() {
        return new Doc(Jrn.PREFIX + name, version, contentHash, size, isDeleted(), null, null);
    }
}
