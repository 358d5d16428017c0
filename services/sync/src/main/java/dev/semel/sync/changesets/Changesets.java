package dev.semel.sync.changesets;

import dev.semel.Write;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.sync.changesets.ChangesetChangeTable.Event;
import dev.semel.sync.content.TextContent;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes changesets with their revisions and files, and holds their blobs. Thread-safe. */
public final class Changesets {
    /** How the names of those begin that hold contents for changesets. */
    public static final String HOLDER = "changeset:";

    private final ChangesetTable changesets;
    private final RevisionTable revisions;
    private final ProposedFileTable proposed;
    private final ReviewedFileTable reviewed;
    private final BlobHolds holds;

    /** Writes into those tables. */
    public Changesets(
            ChangesetTable changesets,
            RevisionTable revisions,
            ProposedFileTable proposed,
            ReviewedFileTable reviewed,
            BlobHolds holds) {
        this.changesets = changesets;
        this.revisions = revisions;
        this.proposed = proposed;
        this.reviewed = reviewed;
        this.holds = holds;
    }

    /** The changesets themselves. */
    public ChangesetTable table() {
        return changesets;
    }

    /** What was decided on their files. */
    public ReviewedFileTable reviewed() {
        return reviewed;
    }

    /**
     * What a new changeset is. Immutable.
     *
     * @param message what its author says; null if nothing
     * @param reverts the changeset that it takes back; null if it takes back none
     */
    public record Head(@Nullable String message, @Nullable UUID reverts) {}

    /**
     * Inserts a changeset with the write's result id, and its first revision.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if a blob was collected meanwhile
     */
    public Changeset insert(Write<?> write, NewRevision first, Head head, List<ProposedFile> files) {
        changesets.insert(write, first.scope(), first.state(), head.message(), head.reverts());
        insertRevision(
                write,
                first,
                files.stream()
                        .map(file -> new ReviewedFile(file, null, null, null, null))
                        .toList());
        return changesets.find(write.tenant(), write.resultId()).orElseThrow();
    }

    /**
     * Inserts another revision of a changeset that is locked; the state follows from the decisions that its files bring.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if a blob was collected meanwhile
     */
    public ChangesetAnswer revise(
            Write<?> write, Changeset locked, NewRevision next, List<ReviewedFile> files, ReviewNote note) {
        insertRevision(write, next, files);
        Changeset changed = changesets.change(
                write.tenant(),
                locked,
                next.state(),
                next.revision(),
                note.message() == null ? locked.message() : note.message());
        return note.feed().note(write, note.event(), changed, new Review(files));
    }

    /**
     * How a revision is told about. Immutable.
     *
     * @param message that takes the place of the earlier one; null to keep that
     */
    public record ReviewNote(
            ReviewFeed feed, Event event, @Nullable String message) {}

    private void insertRevision(Write<?> write, NewRevision revision, List<ReviewedFile> files) {
        String tenant = write.tenant();
        revisions.insert(write, revision);
        holds.hold(tenant, holder(revision.changeset()), blobs(files));
        proposed.insert(
                tenant,
                revision.changeset(),
                revision.revision(),
                files.stream().map(ReviewedFile::proposed).toList());
        List<ReviewedFile> decided =
                files.stream().filter(file -> file.decision() != null).toList();
        if (!decided.isEmpty()) {
            reviewed.decide(tenant, revision.changeset(), revision.revision(), decided);
        }
    }

    /** What is on main is kept by its version. */
    private static List<String> blobs(List<ReviewedFile> files) {
        return files.stream()
                .filter(file -> !file.isPublished())
                .flatMap(file -> Stream.of(file.proposed().content(), file.amended()))
                .filter(Objects::nonNull)
                .filter(content -> content.inline() == null)
                .map(TextContent::hash)
                .distinct()
                .toList();
    }

    /** As whom a changeset holds its contents. */
    public static String holder(UUID changeset) {
        return HOLDER + changeset;
    }

    /** The changeset that a holder is whose name begins as those of changesets do. */
    public static UUID heldBy(String holder) {
        return UUID.fromString(holder.substring(HOLDER.length()));
    }
}
