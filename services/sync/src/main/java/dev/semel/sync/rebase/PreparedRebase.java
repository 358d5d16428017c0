package dev.semel.sync.rebase;

import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ReviewedFile;
import java.util.List;
import java.util.Map;

/**
 * A rebase whose merges are clean and whose contents are in the store. An argument of gated methods: it is made before their transaction
 * begins, and only counts if nothing has changed since. Immutable.
 *
 * @param seen the changeset that was merged
 * @param files of the next revision
 * @param mainVersions the versions of main's files that were merged with, by file; 0 where there was none
 */
public record PreparedRebase(Changeset seen, List<ReviewedFile> files, Map<String, Long> mainVersions) {
    /** Copies both. */
    public PreparedRebase {
        files = List.copyOf(files);
        mainVersions = Map.copyOf(mainVersions);
    }
}
