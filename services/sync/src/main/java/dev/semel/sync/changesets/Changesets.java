package dev.semel.sync.changesets;

import dev.semel.Write;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.sync.content.TextContent;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes changesets with their revisions and files, and holds their blobs. Thread-safe. */
public final class Changesets {
    private final ChangesetTable changesets;
    private final RevisionTable revisions;
    private final ProposedFileTable files;
    private final BlobHolds holds;

    /** Writes into those tables. */
    public Changesets(ChangesetTable changesets, RevisionTable revisions, ProposedFileTable files, BlobHolds holds) {
        this.changesets = changesets;
        this.revisions = revisions;
        this.files = files;
        this.holds = holds;
    }

    /**
     * Inserts a changeset with the write's result id, and its first revision.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if a blob was collected meanwhile
     */
    public void insert(Write<?> write, NewRevision first, @Nullable String message, List<ProposedFile> proposed) {
        changesets.insert(write, first.scope(), first.state(), message);
        insertRevision(write, first, proposed);
    }

    void insertRevision(Write<?> write, NewRevision revision, List<ProposedFile> proposed) {
        revisions.insert(write, revision);
        hold(write.tenant(), revision.changeset(), proposed);
        files.insert(write.tenant(), revision.changeset(), revision.revision(), proposed);
    }

    /** What is on main is kept by its version. */
    private void hold(String tenant, UUID changeset, List<ProposedFile> proposed) {
        List<String> blobs = proposed.stream()
                .filter(file -> file.publishedVersion() == null)
                .map(ProposedFile::content)
                .filter(Objects::nonNull)
                .filter(content -> content.inline() == null)
                .map(TextContent::hash)
                .distinct()
                .toList();
        holds.hold(tenant, holder(changeset), blobs);
    }

    static String holder(UUID changeset) {
        return "changeset:" + changeset;
    }
}
