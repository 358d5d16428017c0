package dev.semel.sync.push;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.sync.changesets.ChangesetChangeTable.After;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.NewRevision;
import dev.semel.sync.changesets.ProposedFile;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.State;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.push.PushAnswer.MadeChangeset;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A push to a reviewed scope: a changeset, which leaves main as it is. Thread-safe. */
final class ProposingPush {
    private final MainState state;
    private final PushCheck check;
    private final Changesets changesets;
    private final FeedTable feeds;
    private final ReviewFeed review;

    ProposingPush(MainState state, PushCheck check, Changesets changesets, FeedTable feeds, ReviewFeed review) {
        this.state = state;
        this.check = check;
        this.changesets = changesets;
        this.feeds = feeds;
        this.review = review;
    }

    PushAnswer propose(PreparedPush push, Write<PushRequest> write) {
        String tenant = write.tenant();
        String scope = push.request().scope();
        Map<String, SyncFile> files = state.find(tenant, push);
        List<OpResult> results = results(tenant, push, files);
        PushRefusals.requireAllGood(results);
        long head = feeds.find(tenant, scope, Feed.MAIN).head();
        UUID id = write.resultId();
        NewRevision revision = new NewRevision(
                id, 1, scope, push.request().clientChangesetId(), push.payloadHash(), State.PROPOSED, head);
        List<ProposedFile> proposed = push.ops().stream()
                .map(op -> DirectPush.proposed(op, files.get(op.fileId()), null))
                .toList();
        changesets.insert(write, revision, push.request().message(), proposed);
        review.note(write, scope, Event.PUSHED, new After(id, State.PROPOSED, 1));
        return new PushAnswer(MadeChangeset.of(id, State.PROPOSED.text(), 1), results, head);
    }

    /** What a proposal may be in spite of is told when it is published: paths can become free, and bases be merged. */
    List<OpResult> results(String tenant, PreparedPush push, Map<String, SyncFile> files) {
        boolean allowsBehind = push.request().allowsBehind();
        return check.results(tenant, push, files).stream()
                .map(result -> allowsBehind && isTolerable(result)
                        ? OpResult.of(result.fileId(), Status.OK, result.serverVersion())
                        : result)
                .toList();
    }

    private static boolean isTolerable(OpResult result) {
        return result.is(Status.CONFLICT) || result.is(Status.PATH_TAKEN) || result.is(Status.CASE_COLLISION);
    }

    static RejectedException noRevisionsHere() {
        return RejectedException.rule("NOT_REVIEWED", "A direct scope has no changesets to revise.");
    }
}
