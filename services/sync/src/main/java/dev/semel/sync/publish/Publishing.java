package dev.semel.sync.publish;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.Review;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.changesets.ReviewedFileTable;
import dev.semel.sync.changesets.State;
import dev.semel.sync.files.Cause;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.MainChange;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Brings what was accepted to main, in one short transaction under the fence of a lease. Waits for locks in the one order that all have:
 * the changeset, files by id, the scope's paths, main's counter, the review's counter. Thread-safe.
 */
public final class Publishing {
    private final ChangesetTable changesets;
    private final ReviewedFileTable reviewed;
    private final ReviewFeed review;
    private final AttemptTable attempts;
    private final MainTables main;

    /** Writes into those tables. */
    public Publishing(
            ChangesetTable changesets,
            ReviewedFileTable reviewed,
            ReviewFeed review,
            AttemptTable attempts,
            MainTables main) {
        this.changesets = changesets;
        this.reviewed = reviewed;
        this.review = review;
        this.attempts = attempts;
        this.main = main;
    }

    /** Main, as it is published to. */
    public record MainTables(FileTable files, PathTable paths, FeedTable feeds, MainBranch branch) {}

    /**
     * The body of the write.
     *
     * @param id the changeset's, as the path has it
     * @throws RejectedException if there is no such changeset, its state does not allow it, it is not the one that was expected, an atomic
     *     publish has conflicts, or somebody else publishes
     * @throws SQLException if the database fails
     */
    public PublishReport handle(String id, PublishLease lease, Write<PublishRequest> write) throws SQLException {
        String tenant = write.tenant();
        PublishRequest request = write.payload();
        long fence = lease.requireHeld(write.connection());
        Changeset changeset = changesets.lock(tenant, PathIds.parse(id, "changeset"));
        review.requireNew(write);
        PublishReport before = attempts.latest(tenant, changeset.id(), request).orElse(null);
        if (before != null && changeset.state() == State.PUBLISHED) {
            return before;
        }
        Review decided = requireExpected(tenant, changeset, request);
        Map<String, SyncFile> files = lock(tenant, changeset, decided);
        PublishPlan plan = plan(tenant, changeset, decided, files);
        if (before != null && plan.changes().isEmpty() && sameConflicts(before, plan)) {
            return before;
        }
        refuseIfAtomic(request, plan);
        return apply(write, changeset, plan, fence);
    }

    /**
     * What a publish would be answered, if nobody changed anything. Works in a read-only transaction.
     *
     * @throws RejectedException as {@link #handle}
     */
    PublishReport validate(String tenant, String id, PublishRequest request) {
        UUID changesetId = PathIds.parse(id, "changeset");
        Changeset changeset = changesets.find(tenant, changesetId).orElseThrow(ChangesetTable::unknown);
        Review decided = requireExpected(tenant, changeset, request);
        PublishPlan plan = plan(tenant, changeset, decided, main.files.find(tenant, changeset.scope(), ids(decided)));
        refuseIfAtomic(request, plan);
        State state = plan.leavesNothing() ? State.PUBLISHED : State.REVIEWING;
        return report(
                changeset,
                state,
                decided,
                plan,
                main.feeds.find(tenant, changeset.scope(), Feed.MAIN).head());
    }

    private Review requireExpected(String tenant, Changeset changeset, PublishRequest request) {
        Action action = request.takesOnlyDecided() ? Action.PUBLISH_DECIDED : Action.PUBLISH;
        action.requireAllowedIn(changeset.state());
        if (changeset.revision() != request.expectedRevision()) {
            throw RejectedException.conflict("REVISION_CHANGED", "The changeset has another revision by now.")
                    .with("revision", changeset.revision());
        }
        Review decided = new Review(reviewed.files(tenant, changeset.id(), changeset.revision()));
        if (!decided.decisionsHash().equals(request.decisionsHash())) {
            throw RejectedException.conflict("DECISIONS_CHANGED", "Somebody has decided otherwise meanwhile.")
                    .with("decisionsHash", decided.decisionsHash());
        }
        return decided;
    }

    private static List<String> ids(Review decided) {
        return decided.files().stream().map(ReviewedFile::fileId).toList();
    }

    private Map<String, SyncFile> lock(String tenant, Changeset changeset, Review decided) {
        List<String> ids = ids(decided);
        Map<String, SyncFile> locked = main.files.lock(tenant, changeset.scope(), ids);
        boolean moves = decided.files().stream()
                .anyMatch(file -> file.isToBePublished() && PublishPlan.movesPath(file, locked.get(file.fileId())));
        if (!moves) {
            return locked;
        }
        main.paths.lock(tenant, changeset.scope());
        return main.files.lock(tenant, changeset.scope(), ids);
    }

    private PublishPlan plan(String tenant, Changeset changeset, Review decided, Map<String, SyncFile> files) {
        return new PublishPlan(
                decided.files(),
                files,
                (paths, moving) -> main.paths.problems(tenant, changeset.scope(), paths, moving));
    }

    private static boolean sameConflicts(PublishReport before, PublishPlan plan) {
        return before.files().stream()
                .filter(file -> file.conflict() != null)
                .toList()
                .equals(plan.report().stream()
                        .filter(file -> file.conflict() != null)
                        .toList());
    }

    private static void refuseIfAtomic(PublishRequest request, PublishPlan plan) {
        if (request.isAtomic() && plan.hasConflicts()) {
            throw RejectedException.conflict(
                            "PUBLISH_CONFLICT", "Files are in conflict with main: nothing was published.")
                    .with("files", plan.report());
        }
    }

    private PublishReport apply(Write<PublishRequest> write, Changeset changeset, PublishPlan plan, long fence) {
        String tenant = write.tenant();
        List<MainChange> changes = plan.changes();
        long head = changes.isEmpty()
                ? main.feeds.find(tenant, changeset.scope(), Feed.MAIN).head()
                : publish(write, changeset, changes);
        State state = plan.leavesNothing() ? State.PUBLISHED : State.REVIEWING;
        Changeset changed = changesets.change(tenant, changeset, state, changeset.revision());
        Review after = new Review(reviewed.files(tenant, changeset.id(), changeset.revision()));
        PublishReport report = report(changeset, state, after, plan, head);
        attempts.insert(write, report, fence);
        review.note(write, Event.PUBLISHED, changed, after);
        return report;
    }

    private long publish(Write<PublishRequest> write, Changeset changeset, List<MainChange> changes) {
        List<ReviewedFileTable.Published> published = changes.stream()
                .map(change -> new ReviewedFileTable.Published(change.fileId(), versionAfter(change)))
                .toList();
        reviewed.publish(write.tenant(), changeset, published);
        Cause cause = new Cause(Cause.Kind.PUBLISH, changeset.id());
        return main.branch.apply(write, changeset.scope(), cause, changes).head();
    }

    private static long versionAfter(MainChange change) {
        SyncFile before = change.before();
        return before == null ? 1 : before.version() + 1;
    }

    private static PublishReport report(Changeset changeset, State state, Review decided, PublishPlan plan, long head) {
        return new PublishReport(
                changeset.id(), state.text(), changeset.revision(), decided.decisionsHash(), plan.report(), head);
    }
}
