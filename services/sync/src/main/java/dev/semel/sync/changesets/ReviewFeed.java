package dev.semel.sync.changesets;

import dev.semel.Write;
import dev.semel.spring.web.Collisions;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.util.Optional;
import java.util.UUID;

/** Numbers what happens to changesets, and tells about it. Thread-safe. */
public final class ReviewFeed {
    private final FeedTable feeds;
    private final ChangesetChangeTable changes;

    /** Writes into those tables. */
    public ReviewFeed(FeedTable feeds, ChangesetChangeTable changes) {
        this.feeds = feeds;
        this.changes = changes;
    }

    /**
     * A late retry is no conflict with what it has done itself. To be asked when the changeset is locked.
     *
     * @throws org.springframework.dao.DuplicateKeyException if this write has changed a changeset before, and its key is forgotten
     */
    public void requireNew(Write<?> write) {
        if (changes.findByWrite(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
    }

    /** What a write has made of a changeset. */
    public Optional<ChangesetAnswer> findByWrite(String tenant, UUID writeId) {
        return changes.findByWrite(tenant, writeId);
    }

    /**
     * Notes what has happened: the last statement of a transaction that waits for anybody. Who changes main as well, has taken
     * main's number before ({@link MainBranch#apply}).
     */
    public ChangesetAnswer note(Write<?> write, Event event, Changeset after, Review review) {
        ChangesetAnswer answer = ChangesetAnswer.of(after, review);
        long seq = feeds.bump(write.tenant(), after.scope(), Feed.REVIEW);
        changes.insert(write, after.scope(), seq, event, answer);
        emit(write, type(event), after.scope(), answer);
        return answer;
    }

    /** Tells about a changeset. */
    public static void emit(Write<?> write, String type, String scope, ChangesetAnswer after) {
        write.emit(
                type,
                MainBranch.orderingKey(scope),
                new ChangesetEvent(scope, after.id(), after.revision(), after.status()));
    }

    private static String type(Event event) {
        return switch (event) {
            case PUSHED, REBASED -> ChangesetEvent.PROPOSED;
            case DECIDED -> ChangesetEvent.DECIDED;
            case PUBLISHED -> ChangesetEvent.PUBLISHED;
            case WITHDRAWN, SUPERSEDED, EXPIRED -> ChangesetEvent.CLOSED;
        };
    }
}
