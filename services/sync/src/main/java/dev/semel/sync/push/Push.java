package dev.semel.sync.push;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.Collisions;
import dev.semel.sync.changesets.RevisionTable;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import dev.semel.sync.scopes.Scope;
import dev.semel.sync.scopes.ScopeTable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pushes: all ops in one transaction, or none. Thread-safe. */
public final class Push {
    private final ScopeTable scopes;
    private final FeedTable feeds;
    private final RevisionTable revisions;
    private final PushParts parts;

    /** Of these parts. */
    public Push(ScopeTable scopes, FeedTable feeds, RevisionTable revisions, PushParts parts) {
        this.scopes = scopes;
        this.feeds = feeds;
        this.revisions = revisions;
        this.parts = parts;
    }

    /**
     * The body of the write.
     *
     * @throws RejectedException if there is no such scope, or any op cannot be done: with all results, and nothing stored
     */
    public PushAnswer handle(PreparedPush push, Write<PushRequest> write) {
        return push(push, write, null);
    }

    /**
     * Pushes inside a write of another kind.
     *
     * @param reverts the changeset that this takes back; null if it takes back none
     * @throws RejectedException as {@link #handle}
     */
    public PushAnswer push(PreparedPush push, Write<?> write, @Nullable UUID reverts) {
        Scope scope = scopes.require(write.tenant(), push.request().scope());
        if (revisions.findByWrite(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
        if (push.refusal() != null) {
            throw push.refusal();
        }
        return scope.isReviewed()
                ? parts.proposing().propose(push, write, reverts)
                : parts.direct().publish(requireNew(push), write, reverts);
    }

    private static PreparedPush requireNew(PreparedPush push) {
        if (push.request().changesetId() != null || push.request().supersedes() != null) {
            throw RejectedException.rule("NOT_REVIEWED", "A direct scope has no changesets to revise or supersede.");
        }
        return push;
    }

    /**
     * What a push would be answered, if nobody else changed anything. Works in a read-only transaction.
     *
     * @throws RejectedException as {@link #handle}
     */
    public PushAnswer validate(String tenant, PreparedPush push) {
        Scope scope = scopes.require(tenant, push.request().scope());
        if (push.refusal() != null) {
            throw push.refusal();
        }
        Map<String, SyncFile> files = parts.state().find(tenant, push);
        List<OpResult> results = scope.isReviewed()
                ? parts.proposing().results(tenant, push, files)
                : parts.check().results(tenant, push, files);
        PushRefusals.requireAllGood(results);
        return new PushAnswer(
                null, results, feeds.find(tenant, scope.scope(), Feed.MAIN).head());
    }
}
