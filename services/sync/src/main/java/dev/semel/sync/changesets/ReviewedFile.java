package dev.semel.sync.changesets;

import dev.semel.sync.content.TextContent;
import org.jspecify.annotations.Nullable;

/**
 * A file of a revision, with what was decided. Immutable.
 *
 * @param proposed what was pushed
 * @param decision null if nobody has decided
 * @param reason why
 * @param amended the content that takes the place of the pushed one
 * @param decidedBy by whom
 */
public record ReviewedFile(
        ProposedFile proposed,
        @Nullable Decision decision,
        @Nullable String reason,
        @Nullable TextContent amended,
        @Nullable String decidedBy) {
    /** The file's id. */
    public String fileId() {
        return proposed.fileId();
    }

    /** Whether it is to become main's, and has not yet. */
    public boolean isToBePublished() {
        return (decision == Decision.ACCEPT || decision == Decision.AMEND) && !isPublished();
    }

    /** Whether it is on main. */
    public boolean isPublished() {
        return proposed.publishedVersion() != null;
    }

    /** What main is to have; null to delete the file. */
    public @Nullable TextContent result() {
        return amended != null ? amended : proposed.content();
    }
}
