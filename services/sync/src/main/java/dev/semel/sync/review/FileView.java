package dev.semel.sync.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a changeset. Immutable.
 *
 * @param op {@code upsert} or {@code delete}
 * @param base what its author has seen; null for a new file, and if it is forgotten
 * @param incoming what it is to become; null to delete it
 * @param main what main has; null if it has none
 * @param decision {@code accept}, {@code reject}, {@code amend}; null if nobody has decided
 * @param amended what it is to become instead; null unless it is amended
 * @param flags {@code behind} if main has changed since its base, {@code deleted_on_main}, {@code published}
 */
public record FileView(
        String fileId,
        String serverPath,
        String op,
        long baseVersion,
        @Nullable Side base,
        @Nullable Side incoming,
        @Nullable Side main,
        @Nullable String decision,
        @Nullable String reason,
        @Nullable Side amended,
        @Nullable String decidedBy,
        List<String> flags,
        @Nullable Long publishedVersion) {
    /** Copies the flags. */
    public FileView {
        flags = List.copyOf(flags);
    }

    /**
     * One of the contents.
     *
     * @param version of the file; null for what is not on main
     * @param content the text; null in lists
     */
    public record Side(
            @Nullable Long version,
            String serverPath,
            String contentHash,
            long size,
            @Nullable String content) {}
}
