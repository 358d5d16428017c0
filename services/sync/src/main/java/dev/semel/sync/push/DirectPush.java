package dev.semel.sync.push;

import dev.semel.Write;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ChangesetEvent;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.NewRevision;
import dev.semel.sync.changesets.ProposedFile;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.State;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.Cause;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.MainChange;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.push.PushAnswer.MadeChangeset;
import dev.semel.sync.text.SyncPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A push to a direct scope: all its ops are on main, or none is. Thread-safe. */
final class DirectPush {
    private final MainState state;
    private final PushCheck check;
    private final Changesets changesets;
    private final MainBranch main;

    DirectPush(MainState state, PushCheck check, Changesets changesets, MainBranch main) {
        this.state = state;
        this.check = check;
        this.changesets = changesets;
        this.main = main;
    }

    PushAnswer publish(PreparedPush push, Write<?> write, @Nullable UUID reverts) {
        String tenant = write.tenant();
        String scope = push.request().scope();
        Map<String, SyncFile> files = state.lock(tenant, push);
        PushRefusals.requireAllGood(check.results(tenant, push, files));
        UUID id = write.resultId();
        NewRevision revision = new NewRevision(
                id, 1, scope, push.request().clientChangesetId(), push.payloadHash(), State.PUBLISHED, 0);
        Changeset made = changesets.insert(
                write, revision, new Changesets.Head(push.request().message(), reverts), published(push, files));
        MainBranch.Applied applied = main.apply(write, scope, new Cause(Cause.Kind.PUSH, id), changes(push, files));
        ReviewFeed.emit(write, ChangesetEvent.PUBLISHED, scope, ChangesetAnswer.published(made));
        return new PushAnswer(
                MadeChangeset.of(id, State.PUBLISHED.text(), 1),
                push.ops().stream()
                        .map(op -> OpResult.published(op.fileId(), op.baseVersion()))
                        .toList(),
                applied.head());
    }

    private static List<ProposedFile> published(PreparedPush push, Map<String, SyncFile> files) {
        return push.ops().stream()
                .map(op -> proposed(op, files.get(op.fileId()), op.baseVersion() + 1))
                .toList();
    }

    /** @param published the version that it becomes at once; null for a proposal */
    static ProposedFile proposed(PreparedOp op, @Nullable SyncFile file, @Nullable Long published) {
        SyncPath path = op.path();
        return new ProposedFile(
                op.fileId(),
                path != null
                        ? path.text()
                        : Objects.requireNonNull(file, "a delete of a file").path(),
                op.baseVersion(),
                baseHash(op, file),
                file == null ? 0 : file.version(),
                op.content(),
                published);
    }

    /** What the client says that it has seen stays, if main has something else: it is no base to publish from, or to merge with. */
    private static @Nullable String baseHash(PreparedOp op, @Nullable SyncFile file) {
        return file != null && op.hasSeen(file) ? file.seenHash() : op.baseHash();
    }

    private static List<MainChange> changes(PreparedPush push, Map<String, SyncFile> files) {
        return push.ops().stream().map(op -> change(op, files.get(op.fileId()))).toList();
    }

    private static MainChange change(PreparedOp op, @Nullable SyncFile file) {
        SyncPath path = op.path();
        TextContent content = op.content();
        return path == null || content == null
                ? new MainChange.Delete(op.fileId(), Objects.requireNonNull(file, "a delete of a file"))
                : new MainChange.Upsert(op.fileId(), file, path, content);
    }
}
