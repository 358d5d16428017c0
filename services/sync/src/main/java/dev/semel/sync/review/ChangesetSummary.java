package dev.semel.sync.review;

import dev.semel.sync.changesets.Changeset;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A changeset in a list. Immutable. */
public record ChangesetSummary(
        UUID id,
        String scope,
        String status,
        int revision,
        long decisionVersion,
        @Nullable String message,
        String author,
        Instant createdAt,
        Instant changedAt) {
    static ChangesetSummary of(Changeset changeset) {
        return new ChangesetSummary(
                changeset.id(),
                changeset.scope(),
                changeset.state().text(),
                changeset.revision(),
                changeset.decisionVersion(),
                changeset.message(),
                changeset.author(),
                changeset.createdAt(),
                changeset.changedAt());
    }
}
