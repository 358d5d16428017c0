package dev.semel.sync.push;

import dev.semel.documents.content.ContentHash;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.text.FileId;
import dev.semel.sync.text.HashedOp;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one file is to become.
 *
 * @param type {@code upsert} or {@code delete}
 * @param fileId the file's identity, which stays when its path changes
 * @param serverPath where it is to be; not needed to delete it
 * @param baseVersion the version that the client has seen; 0 for a file that it made
 * @param content the text; or else
 * @param contentHash of the content, in the form in which it is stored. Without content it names a blob that was put before
 * @param baseHash of the content that the client has seen as that version, or {@code deleted} if it has seen its tombstone: a server that
 *     was put back to a backup may have given the number to something else. Null if the client does not know
 */
public record PushOp(
        @NotNull @Pattern(regexp = "upsert|delete", message = "must be upsert or delete")
        String type,

        @NotNull @Pattern(regexp = FileId.SHAPE, message = FileId.MESSAGE)
        String fileId,

        @Nullable String serverPath,
        @Min(0) long baseVersion,
        @Nullable String content,
        @Nullable String contentHash,

        @Nullable
        @Pattern(regexp = ContentHash.SHAPE + "|" + DELETED, message = "must be a content hash, or " + DELETED)
        String baseHash) {
    /** The base hash of a file that was seen deleted. */
    public static final String DELETED = SyncFile.DELETED;

    /** One that says of its base no more than the version. */
    public PushOp(
            String type,
            String fileId,
            @Nullable String serverPath,
            long baseVersion,
            @Nullable String content,
            @Nullable String contentHash) {
        this(type, fileId, serverPath, baseVersion, content, contentHash, null);
    }

    /** Whether it makes or changes the file. */
    boolean isUpsert() {
        return type.equals("upsert");
    }

    HashedOp.Kind kind() {
        return isUpsert() ? HashedOp.Kind.UPSERT : HashedOp.Kind.DELETE;
    }

    /** Without paths and contents. */
    @Override
    public String toString() {
        return "PushOp[" + type + " " + fileId + " " + baseVersion + "]";
    }
}
