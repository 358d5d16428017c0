package dev.semel.sync.push;

import dev.semel.sync.text.ContentBytes;
import dev.semel.sync.text.FileId;
import dev.semel.sync.text.HashedOp;
import dev.semel.sync.text.SyncPath;
import org.jspecify.annotations.Nullable;

/**
 * An op whose names and text keep all rules. Immutable.
 *
 * @param path null for a delete
 * @param content null for a delete, and for content that was put before
 */
record ReadOp(
        PushOp op,
        FileId fileId,
        @Nullable SyncPath path,
        @Nullable ContentBytes content) {
    /** Of the content's stored form; null for a delete. */
    @Nullable
    String contentHash() {
        if (!op.isUpsert()) {
            return null;
        }
        return content == null ? op.contentHash() : content.hash();
    }

    HashedOp hashed() {
        return new HashedOp(op.kind(), fileId, path == null ? null : path.text(), op.baseVersion(), contentHash());
    }
}
