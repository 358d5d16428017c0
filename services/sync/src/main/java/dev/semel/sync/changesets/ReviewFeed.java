package dev.semel.sync.changesets;

import dev.semel.Write;
import dev.semel.sync.changesets.ChangesetChangeTable.After;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;

/** Numbers what happens to changesets, and tells about it. Thread-safe. */
public final class ReviewFeed {
    private final FeedTable feeds;
    private final ChangesetChangeTable changes;

    /** Writes into those tables. */
    public ReviewFeed(FeedTable feeds, ChangesetChangeTable changes) {
        this.feeds = feeds;
        this.changes = changes;
    }

    /** Notes what has happened. The last of a transaction's statements that waits for anybody, but for {@link MainBranch#apply}. */
    public void note(Write<?> write, String scope, Event event, After after) {
        long seq = feeds.bump(write.tenant(), scope, Feed.REVIEW);
        changes.insert(write, scope, seq, event, after);
        emit(write, type(event), scope, after);
    }

    /** Tells about a changeset. */
    public static void emit(Write<?> write, String type, String scope, After after) {
        write.emit(
                type,
                MainBranch.orderingKey(scope),
                new ChangesetEvent(
                        scope,
                        after.changeset(),
                        after.revision(),
                        after.state().text()));
    }

    private static String type(Event event) {
        return switch (event) {
            case PUSHED, REBASED, REVERTED -> ChangesetEvent.PROPOSED;
            case DECIDED -> ChangesetEvent.DECIDED;
            case PUBLISHED -> ChangesetEvent.PUBLISHED;
            case WITHDRAWN, SUPERSEDED, EXPIRED -> ChangesetEvent.CLOSED;
        };
    }
}
