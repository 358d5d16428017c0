package dev.semel.sync.changesets;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A changeset as it is stored. Immutable.
 *
 * @param revision the latest one
 * @param decisionVersion grows with each decision, revision and publish
 */
public record Changeset(
        UUID id,
        String scope,
        State state,
        int revision,
        long decisionVersion,
        @Nullable String message,
        String author,
        @Nullable UUID reverts,
        Instant createdAt,
        Instant changedAt) {}
