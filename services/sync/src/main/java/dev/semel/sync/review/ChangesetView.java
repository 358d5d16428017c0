package dev.semel.sync.review;

import dev.semel.sync.changesets.HistoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A changeset with its files. Immutable.
 *
 * @param decisionVersion for {@code If-Match}
 * @param decisionsHash for who publishes
 * @param reverts the changeset that it takes back; null if it takes back none
 * @param allowed what can be done in its state
 * @param files in the order of its ops
 * @param history in its order
 */
public record ChangesetView(
        UUID id,
        String scope,
        String status,
        int revision,
        long decisionVersion,
        String decisionsHash,
        @Nullable String message,
        String author,
        @Nullable UUID reverts,
        Instant createdAt,
        Instant changedAt,
        List<String> allowed,
        List<FileView> files,
        List<HistoryEntry> history) {
    /** Copies the lists. */
    public ChangesetView {
        allowed = List.copyOf(allowed);
        files = List.copyOf(files);
        history = List.copyOf(history);
    }
}
