package dev.semel.sync.changesets;

import dev.semel.sync.content.TextContent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a revision proposes for one file. Immutable.
 *
 * @param path where it is to be, or is when it is to be deleted
 * @param baseVersion the version that its author has seen; 0 for a new file
 * @param baseHash of the base's content, or that it was deleted; null for a new file, and if it is not known
 * @param mainVersion the version that main had; 0 if it had none
 * @param content null to delete the file
 * @param publishedVersion the version on main that it has become; null if it has not
 */
public record ProposedFile(
        String fileId,
        String path,
        long baseVersion,
        @Nullable String baseHash,
        long mainVersion,
        @Nullable TextContent content,
        @Nullable Long publishedVersion) {
    /** Whether a later one proposes the same, and says nothing else of the base than this does. */
    public boolean isSameAs(ProposedFile other) {
        return path.equals(other.path)
                && baseVersion == other.baseVersion
                && (other.baseHash == null || other.baseHash.equals(baseHash))
                && Objects.equals(hash(content), hash(other.content));
    }

    private static @Nullable String hash(@Nullable TextContent content) {
        return content == null ? null : content.hash();
    }

    String op() {
        return content == null ? "delete" : "upsert";
    }
}
