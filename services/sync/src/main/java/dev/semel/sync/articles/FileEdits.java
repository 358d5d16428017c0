package dev.semel.sync.articles;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.Collisions;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.Cause;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.MainChange;
import dev.semel.sync.files.PathProblem;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.text.SyncPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Edits and deletions of files of sync one by one: document, counter and history change in one transaction. A file that is deleted
 * leaves its tombstone, which every client pulls. Thread-safe.
 */
final class FileEdits {
    private static final Cause EDIT = new Cause(Cause.Kind.EDIT, null);

    private final FileTable files;
    private final PathTable paths;
    private final MainBranch main;
    private final FileScopes scopes;

    FileEdits(FileTable files, PathTable paths, MainBranch main, FileScopes scopes) {
        this.files = files;
        this.paths = paths;
        this.main = main;
        this.scopes = scopes;
    }

    /** Edits a file, moves it, or brings it back. */
    Doc put(String scope, Jrn.OfFile jrn, @Nullable String ifMatch, PreparedDoc asked, Write<PutDoc> write) {
        SyncFile before = lock(scope, jrn, asked.path() != null, write);
        DocVersions.require(ifMatch, write.payload().version(), before.version());
        SyncPath path = asked.path() == null ? pathOf(before) : asked.path();
        requireFree(scope, before, path, write);
        TextContent content = asked.content();
        return doc(jrn, scope, apply(scope, new MainChange.Upsert(before.fileId(), before, path, content), write));
    }

    /** Leaves the tombstone of a file; of one that has it already there is nothing to do. */
    DeletedDoc delete(String scope, Jrn.OfFile jrn, @Nullable String ifMatch, Write<DeleteDoc> write) {
        SyncFile before = lock(scope, jrn, true, write);
        DocVersions.require(ifMatch, null, before.version());
        long version = before.isDeleted()
                ? before.version()
                : apply(scope, new MainChange.Delete(before.fileId(), before), write)
                        .version();
        return new DeletedDoc(jrn.text(), version);
    }

    /** @param moves whether a path is given or taken: then the scope's paths stand still. So they do when a file comes back */
    private SyncFile lock(String scope, Jrn.OfFile jrn, boolean moves, Write<?> write) {
        String id = jrn.fileId().text();
        SyncFile file = Optional.ofNullable(
                        files.lock(write.tenant(), scope, List.of(id)).get(id))
                .orElseThrow(Jrn::notFound);
        if (scopes.changedBy(write.tenant(), write.resultId()).isPresent()) {
            throw Collisions.doneBefore();
        }
        requireDirect(scope, write);
        if (moves || file.isDeleted()) {
            paths.lock(write.tenant(), scope);
        }
        return file;
    }

    /** Where what goes to main is reviewed, nobody goes past that. */
    private void requireDirect(String scope, Write<?> write) {
        if (scopes.isReviewed(write.tenant(), scope)) {
            throw RejectedException.conflict(
                            "REVIEW_REQUIRED",
                            "What goes to this scope is reviewed: push the change as a proposal, to /v1/sync/push.")
                    .with("scope", scope);
        }
    }

    private void requireFree(String scope, SyncFile before, SyncPath path, Write<?> write) {
        if (before.isDeleted() || !before.path().equals(path.text())) {
            Map<SyncPath, PathProblem> problems =
                    paths.problems(write.tenant(), scope, List.of(path), List.of(before.fileId()));
            Optional.ofNullable(problems.get(path)).ifPresent(problem -> {
                throw RejectedException.conflict(
                        problem.name(), "Another file of the scope is in the way of this path.");
            });
        }
    }

    private static SyncPath pathOf(SyncFile file) {
        return SyncPath.parse(file.path())
                .orElseThrow(refusal -> new IllegalStateException("a stored path breaks the rule " + refusal.rule()));
    }

    private SyncFile apply(String scope, MainChange change, Write<?> write) {
        return main.apply(write, scope, EDIT, List.of(change)).files().get(0);
    }

    static Doc doc(Jrn.OfFile jrn, String scope, SyncFile file) {
        return new Doc(
                jrn.text(), file.version(), file.contentHash(), file.size(), file.isDeleted(), scope, file.path());
    }

    Optional<Doc> changedBy(String tenant, UUID write) {
        return scopes.changedBy(tenant, write);
    }
}
