package dev.semel.sync.push;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.text.SyncPath;
import org.jspecify.annotations.Nullable;

/**
 * An op whose content is safe. Immutable.
 *
 * @param path null for a delete
 * @param content null for a delete
 */
public record PreparedOp(
        String fileId,
        long baseVersion,
        @Nullable SyncPath path,
        @Nullable TextContent content) {
    /** Whether it deletes the file. */
    boolean isDelete() {
        return path == null;
    }
}
