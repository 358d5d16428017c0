package dev.semel.sync.push;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.NewRevision;
import dev.semel.sync.changesets.ProposedFile;
import dev.semel.sync.changesets.Review;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.changesets.State;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.push.PushAnswer.MadeChangeset;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A push to a reviewed scope: a changeset or its next revision, which leaves main as it is. Thread-safe. */
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

    PushAnswer propose(PreparedPush push, Write<?> write, @Nullable UUID reverts) {
        String tenant = write.tenant();
        String scope = push.request().scope();
        UUID revised = push.request().changesetId();
        Changeset locked = revised == null ? null : lock(write, scope, revised, Action.REVISE);
        Map<String, SyncFile> files = state.find(tenant, push);
        List<OpResult> results = results(tenant, push, files);
        PushRefusals.requireAllGood(results);
        long head = feeds.find(tenant, scope, Feed.MAIN).head();
        List<ProposedFile> proposed = push.ops().stream()
                .map(op -> DirectPush.proposed(op, files.get(op.fileId()), null))
                .toList();
        MadeChangeset made = locked == null
                ? insert(push, write, proposed, new Origin(head, reverts))
                : revise(push, write, locked, proposed, head);
        return new PushAnswer(made, results, head);
    }

    private Changeset lock(Write<?> write, String scope, UUID id, Action action) {
        Changeset locked = changesets.table().lock(write.tenant(), id);
        if (!locked.scope().equals(scope)) {
            throw RejectedException.notFound("There is no such changeset in this scope.");
        }
        if (!locked.author().equals(write.caller().user())) {
            throw RejectedException.forbidden("NOT_THE_AUTHOR", "Only its author revises or supersedes a changeset.");
        }
        action.requireAllowedIn(locked.state());
        return locked;
    }

    /** @param head of main */
    private record Origin(long head, @Nullable UUID reverts) {}

    private MadeChangeset insert(PreparedPush push, Write<?> write, List<ProposedFile> proposed, Origin origin) {
        PushRequest request = push.request();
        NewRevision first = new NewRevision(
                write.resultId(),
                1,
                request.scope(),
                request.clientChangesetId(),
                push.payloadHash(),
                State.PROPOSED,
                origin.head);
        Changeset superseded = request.supersedes() == null
                ? null
                : lock(write, request.scope(), request.supersedes(), Action.SUPERSEDE);
        Changeset made =
                changesets.insert(write, first, new Changesets.Head(request.message(), origin.reverts), proposed);
        if (superseded != null) {
            supersede(write, superseded);
        }
        review.note(write, Event.PUSHED, made, new Review(undecided(proposed)));
        return MadeChangeset.of(made.id(), made.state().text(), 1);
    }

    /** Takes the review's number: what waits for anybody comes before. */
    private void supersede(Write<?> write, Changeset locked) {
        Review decided = new Review(changesets.reviewed().files(write.tenant(), locked.id(), locked.revision()));
        Changeset closed = changesets.table().change(write.tenant(), locked, State.SUPERSEDED, locked.revision());
        review.note(write, Event.SUPERSEDED, closed, decided);
    }

    private MadeChangeset revise(
            PreparedPush push, Write<?> write, Changeset locked, List<ProposedFile> proposed, long head) {
        List<ReviewedFile> files =
                keepingDecisions(proposed, changesets.reviewed().files(write.tenant(), locked.id(), locked.revision()));
        NewRevision next = new NewRevision(
                locked.id(),
                locked.revision() + 1,
                locked.scope(),
                push.request().clientChangesetId(),
                push.payloadHash(),
                reopened(new Review(files).state()),
                head);
        ChangesetAnswer after = changesets.revise(
                write,
                locked,
                next,
                files,
                new Changesets.ReviewNote(review, Event.PUSHED, push.request().message()));
        return MadeChangeset.of(after.id(), after.status(), after.revision());
    }

    /** Somebody looks at a new revision, also if nothing in it is new. */
    private static State reopened(State state) {
        return state == State.PROPOSED ? State.PROPOSED : State.REVIEWING;
    }

    private static List<ReviewedFile> undecided(List<ProposedFile> proposed) {
        return proposed.stream()
                .map(file -> new ReviewedFile(file, null, null, null, null))
                .toList();
    }

    private static List<ReviewedFile> keepingDecisions(List<ProposedFile> proposed, List<ReviewedFile> before) {
        Map<String, ReviewedFile> byId = new HashMap<>();
        before.forEach(file -> byId.put(file.fileId(), file));
        return proposed.stream()
                .map(file -> {
                    ReviewedFile old = byId.get(file.fileId());
                    return old != null && old.proposed().isSameAs(file)
                            ? new ReviewedFile(
                                    old.proposed(), old.decision(), old.reason(), old.amended(), old.decidedBy())
                            : new ReviewedFile(file, null, null, null, null);
                })
                .toList();
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
}
