package dev.semel.sync.push;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a push is answered. Immutable.
 *
 * @param changeset what it has made; null if it was only validated
 * @param results one for each op, in their order
 * @param mainHead the number of main's last change. No cursor: others may have changed main before
 */
public record PushAnswer(@Nullable MadeChangeset changeset, List<OpResult> results, long mainHead) {
    /** Copies the results. */
    public PushAnswer {
        results = List.copyOf(results);
    }

    /**
     * The changeset that a push has made or revised.
     *
     * @param reviewUrl where people look at it, relative to the server
     */
    public record MadeChangeset(UUID id, String status, int revision, String reviewUrl) {
        static MadeChangeset of(UUID id, String status, int revision) {
            return new MadeChangeset(id, status, revision, "/review/" + id);
        }
    }
}
