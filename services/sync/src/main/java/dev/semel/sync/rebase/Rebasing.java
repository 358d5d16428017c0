package dev.semel.sync.rebase;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.documents.content.ContentHash;
import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.NewRevision;
import dev.semel.sync.changesets.Review;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.util.Map;

/** Makes main the base of a changeset: its next revision. Decisions stay. Thread-safe. */
public final class Rebasing {
    private final Changesets changesets;
    private final FileTable files;
    private final FeedTable feeds;
    private final ReviewFeed review;

    /** Writes into those tables. */
    public Rebasing(Changesets changesets, FileTable files, FeedTable feeds, ReviewFeed review) {
        this.changesets = changesets;
        this.files = files;
        this.feeds = feeds;
        this.review = review;
    }

    /**
     * The body of the write.
     *
     * @throws RejectedException if the changeset's state does not allow it any more, or somebody has changed it or main meanwhile
     */
    public ChangesetAnswer handle(RebaseAttempt attempt, Write<RebaseChangeset> write) {
        String tenant = write.tenant();
        review.requireNew(write);
        PreparedRebase prepared = attempt.orThrow();
        Changeset locked = changesets.table().lock(tenant, prepared.seen().id());
        Action.REBASE.requireAllowedIn(locked.state());
        requireUnchanged(tenant, prepared, locked);
        NewRevision next = new NewRevision(
                locked.id(),
                locked.revision() + 1,
                locked.scope(),
                null,
                ContentHash.of("rebase " + locked.id() + " " + (locked.revision() + 1)),
                new Review(prepared.files()).state(),
                feeds.find(tenant, locked.scope(), Feed.MAIN).head());
        return changesets.revise(
                write, locked, next, prepared.files(), new Changesets.ReviewNote(review, Event.REBASED, null));
    }

    private void requireUnchanged(String tenant, PreparedRebase prepared, Changeset locked) {
        Map<String, SyncFile> main =
                files.find(tenant, locked.scope(), prepared.mainVersions().keySet());
        boolean moved = prepared.mainVersions().entrySet().stream().anyMatch(seen -> {
            SyncFile file = main.get(seen.getKey());
            return (file == null ? 0 : file.version()) != seen.getValue();
        });
        if (moved || locked.decisionVersion() != prepared.seen().decisionVersion()) {
            throw RejectedException.busy("CHANGED_MEANWHILE", "Somebody has changed the changeset or main meanwhile.");
        }
    }
}
