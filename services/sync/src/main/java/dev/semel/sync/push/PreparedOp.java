package dev.semel.sync.push;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.text.SyncPath;
import org.jspecify.annotations.Nullable;

/**
 * An op whose content is safe. Immutable.
 *
 * @param baseHash as the client has sent it; null if it has not
 * @param path null for a delete
 * @param content null for a delete
 */
public record PreparedOp(
        String fileId,
        long baseVersion,
        @Nullable String baseHash,
        @Nullable SyncPath path,
        @Nullable TextContent content) {
    /** Whether main's file is what the client has seen, as far as it has told. */
    boolean hasSeen(@Nullable SyncFile file) {
        if (baseVersion != (file == null ? 0 : file.version())) {
            return false;
        }
        return baseHash == null || (file != null && baseHash.equals(file.seenHash()));
    }

    /** Whether it deletes the file. */
    boolean isDelete() {
        return path == null;
    }
}
