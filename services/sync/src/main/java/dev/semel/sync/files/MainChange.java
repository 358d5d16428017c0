package dev.semel.sync.files;

import dev.semel.sync.content.TextContent;
import dev.semel.sync.text.SyncPath;
import org.jspecify.annotations.Nullable;

/** What is to happen to one file of main. Immutable. */
public sealed interface MainChange {
    /** The file's id. */
    String fileId();

    /** The file as it is, locked; null if it is not there. */
    @Nullable
    SyncFile before();

    /** It comes into being, or back, or changes. */
    record Upsert(String fileId, @Nullable SyncFile before, SyncPath path, TextContent content) implements MainChange {}

    /** Only its tombstone is to be left. */
    record Delete(String fileId, SyncFile before) implements MainChange {}
}
