package dev.semel.sync.changesets;

import java.util.List;
import java.util.UUID;

/**
 * What a changeset has come to by a write. Immutable.
 *
 * @param decisionVersion for {@code If-Match}
 * @param decisionsHash for who publishes
 */
public record ChangesetAnswer(UUID id, String status, int revision, long decisionVersion, String decisionsHash) {
    /** Of one that was published as it was pushed: nobody has decided on it. */
    public static ChangesetAnswer published(Changeset changeset) {
        return of(changeset, new Review(List.of()));
    }

    static ChangesetAnswer of(Changeset changeset, Review review) {
        return new ChangesetAnswer(
                changeset.id(),
                changeset.state().text(),
                changeset.revision(),
                changeset.decisionVersion(),
                review.decisionsHash());
    }
}
