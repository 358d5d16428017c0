package dev.semel.sync.rebase;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.documents.content.ContentHash;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.changesets.ReviewedFileTable;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.FileStateTable;
import dev.semel.sync.files.FileStateTable.FileState;
import dev.semel.sync.push.PreparedOp;
import dev.semel.sync.push.PreparedPush;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.text.SyncPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes back what a changeset has done to main: by a push of the inverse ops, which is a proposal where pushes are. Thread-safe. */
public final class Reverting {
    private final ChangesetTable changesets;
    private final FileStateTable states;
    private final ReviewedFileTable reviewed;
    private final Bases bases;
    private final Push push;

    /** Reads the tables, and pushes. */
    public Reverting(
            ChangesetTable changesets, ReviewedFileTable reviewed, FileStateTable states, Bases bases, Push push) {
        this.changesets = changesets;
        this.reviewed = reviewed;
        this.states = states;
        this.bases = bases;
        this.push = push;
    }

    /**
     * The body of the write. Files that have changed since are proposed all the same, and flagged; in a direct scope they are conflicts.
     *
     * @param id the changeset's, as the path has it
     * @throws RejectedException if there is no such changeset, it is not published, or the push is refused
     */
    public PushAnswer handle(String id, Write<RevertChangeset> write) {
        String tenant = write.tenant();
        UUID changesetId = PathIds.parse(id, "changeset");
        Changeset changeset = changesets.find(tenant, changesetId).orElseThrow(ChangesetTable::unknown);
        Action.REVERT.requireAllowedIn(changeset.state());
        List<Done> done = done(states.ofChangeset(tenant, changeset.scope(), changesetId));
        Map<String, FileState> before = before(tenant, changeset, done);
        requireKnown(tenant, changeset, done, before);
        Map<String, TextContent> contents = bases.contents(tenant, before.values());
        List<PreparedOp> ops = done.stream()
                .map(file -> inverse(file, before.get(file.fileId), contents.get(file.fileId)))
                .toList();
        PushRequest request = new PushRequest(
                changeset.scope(),
                null,
                PushRequest.BRANCH,
                write.payload().message(),
                List.of(),
                true,
                false,
                null,
                null);
        PreparedPush prepared =
                new PreparedPush(request, ops, ContentHash.of("revert " + changesetId + " " + write.resultId()), null);
        return push.push(prepared, write, changesetId);
    }

    /**
     * What the changeset has made of one file.
     *
     * @param first the version that it has made first
     * @param last the last one that has nobody else's between it and the first
     */
    private record Done(String fileId, long first, long last) {
        Done and(FileState next) {
            return next.version() == last + 1 ? new Done(fileId, first, next.version()) : this;
        }
    }

    /** Each file once, although a changeset can publish it more than once. */
    private static List<Done> done(List<FileState> states) {
        Map<String, Done> byFile = new LinkedHashMap<>();
        for (FileState state : states) {
            Done before = byFile.get(state.fileId());
            byFile.put(
                    state.fileId(),
                    before == null ? new Done(state.fileId(), state.version(), state.version()) : before.and(state));
        }
        return List.copyOf(byFile.values());
    }

    /** What is forgotten of the log cannot be taken back: a file of which nothing is known before is not one that was made then. */
    private void requireKnown(String tenant, Changeset changeset, List<Done> done, Map<String, FileState> before) {
        Set<String> known = done.stream()
                .filter(file -> file.first == 1 || before.containsKey(file.fileId))
                .map(Done::fileId)
                .collect(Collectors.toSet());
        boolean all = IntStream.rangeClosed(1, changeset.revision())
                .mapToObj(revision -> reviewed.files(tenant, changeset.id(), revision))
                .flatMap(List::stream)
                .filter(ReviewedFile::isPublished)
                .allMatch(file -> known.contains(file.fileId()));
        if (!all) {
            throw RejectedException.rule(
                    "CHANGES_FORGOTTEN",
                    "The changeset was published too long ago: what was before is not known any more.");
        }
    }

    private Map<String, FileState> before(String tenant, Changeset changeset, List<Done> done) {
        Map<String, Long> versions = new HashMap<>();
        done.stream().filter(file -> file.first > 1).forEach(file -> versions.put(file.fileId, file.first - 1));
        return states.find(tenant, changeset.scope(), versions);
    }

    private static PreparedOp inverse(Done done, @Nullable FileState before, @Nullable TextContent content) {
        if (before == null || before.deleted() || content == null) {
            return new PreparedOp(done.fileId, done.last, null, null, null);
        }
        SyncPath path = SyncPath.parse(before.path())
                .orElseThrow(refusal -> new IllegalStateException("a path that was stored: " + refusal.rule()));
        return new PreparedOp(done.fileId, done.last, null, path, content);
    }
}
