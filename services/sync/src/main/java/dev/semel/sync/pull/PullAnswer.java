package dev.semel.sync.pull;

import java.util.List;

/**
 * A page of changes. Immutable.
 *
 * @param changes each file once
 * @param newCursor where to go on: with the next page, or with what changes from now on
 * @param hasMore whether this checkpoint has more pages
 * @param head the number of main's last change
 * @param floor cursors of a smaller number are too old
 */
public record PullAnswer(List<PulledFile> changes, String newCursor, boolean hasMore, long head, long floor) {
    /** Copies the changes. */
    public PullAnswer {
        changes = List.copyOf(changes);
    }
}
