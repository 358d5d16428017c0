package dev.semel.sync.changesets;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision to be inserted. Immutable.
 *
 * @param clientChangesetId null if no push has made it
 * @param state of the changeset right after it
 * @param mainHead the number of main's last change when it was compared with main
 */
public record NewRevision(
        UUID changeset,
        int revision,
        String scope,
        @Nullable String clientChangesetId,
        String payloadHash,
        State state,
        long mainHead) {}
