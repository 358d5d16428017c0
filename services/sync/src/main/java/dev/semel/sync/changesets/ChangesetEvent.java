package dev.semel.sync.changesets;

import java.util.UUID;

/** What events tell of a changeset; the rest is to be read. Immutable. */
public record ChangesetEvent(String scope, UUID changesetId, int revision, String status) {
    /** Emitted when a changeset or a new revision of it was pushed or rebased. */
    public static final String PROPOSED = "changeset.proposed";

    /** Emitted when somebody has decided on files. */
    public static final String DECIDED = "changeset.decided";

    /** Emitted when files were published. */
    public static final String PUBLISHED = "changeset.published";

    /** Emitted when a changeset was withdrawn, superseded or has expired. */
    public static final String CLOSED = "changeset.closed";
}
