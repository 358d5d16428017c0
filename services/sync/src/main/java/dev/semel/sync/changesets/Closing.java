package dev.semel.sync.changesets;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;

/** Ends changesets that are not published. Thread-safe. */
public final class Closing {
    private final ChangesetTable changesets;
    private final ReviewedFileTable files;
    private final ReviewFeed review;

    /** Writes into those tables. */
    public Closing(ChangesetTable changesets, ReviewedFileTable files, ReviewFeed review) {
        this.changesets = changesets;
        this.files = files;
        this.review = review;
    }

    /**
     * The author takes it back.
     *
     * @param id the changeset's, as the path has it
     * @throws RejectedException if there is no such changeset, it is somebody else's, or its state does not allow it
     */
    public ChangesetAnswer withdraw(String id, Write<?> write) {
        Changeset changeset = changesets.lock(write.tenant(), PathIds.parse(id, "changeset"));
        review.requireNew(write);
        if (!changeset.author().equals(write.caller().user())) {
            throw RejectedException.forbidden("NOT_THE_AUTHOR", "Only its author withdraws a changeset.");
        }
        Action.WITHDRAW.requireAllowedIn(changeset.state());
        return close(write, changeset, State.WITHDRAWN, Event.WITHDRAWN);
    }

    /**
     * Nobody has touched it for too long.
     *
     * @throws RejectedException if there is no such changeset, its state does not allow it, or somebody has touched it
     */
    public ChangesetAnswer expire(Write<ExpireChangeset> write) {
        Changeset changeset = changesets.lock(write.tenant(), write.payload().changesetId());
        review.requireNew(write);
        Action.EXPIRE.requireAllowedIn(changeset.state());
        if (changeset.decisionVersion() != write.payload().decisionVersion()) {
            throw RejectedException.conflict("NOT_IDLE", "Somebody has touched the changeset.");
        }
        return close(write, changeset, State.EXPIRED, Event.EXPIRED);
    }

    private ChangesetAnswer close(Write<?> write, Changeset changeset, State state, Event event) {
        Review decided = new Review(files.files(write.tenant(), changeset.id(), changeset.revision()));
        Changeset changed = changesets.change(write.tenant(), changeset, state, changeset.revision());
        return review.note(write, event, changed, decided);
    }
}
