package dev.semel.sync.review;

import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.documents.reading.Differences;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetChangeTable;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.content.StoredTexts;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.FileStateTable.FileState;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.rebase.Bases;
import dev.semel.sync.rebase.Bases.Stand;
import dev.semel.sync.text.ContentBytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads changesets. Thread-safe. */
public final class ReviewReads {
    private final Semel semel;
    private final ChangesetTable changesets;
    private final ChangesetChangeTable changes;
    private final Bases bases;
    private final StoredTexts texts;

    /** Reads those tables and texts. */
    public ReviewReads(
            Semel semel, ChangesetTable changesets, ChangesetChangeTable changes, Bases bases, StoredTexts texts) {
        this.semel = semel;
        this.changesets = changesets;
        this.changes = changes;
        this.bases = bases;
        this.texts = texts;
    }

    /** @throws RejectedException if there is no such changeset */
    ChangesetView changeset(String tenant, String id) {
        return semel.read(tenant, connection -> {
            Changeset changeset = find(tenant, id);
            return Views.changeset(bases.of(tenant, changeset), changes.history(tenant, changeset.id()));
        });
    }

    private Changeset find(String tenant, String id) {
        return changesets.find(tenant, PathIds.parse(id, "changeset")).orElseThrow(ChangesetTable::unknown);
    }

    /** A file with what its contents are. */
    private record Read(
            Stand stand,
            ReviewedFile file,
            @Nullable TextContent base,
            @Nullable TextContent main) {}

    private Read read(String tenant, String id, String fileId) {
        return semel.read(tenant, connection -> {
            Stand stand = bases.of(tenant, find(tenant, id));
            ReviewedFile file = stand.files().stream()
                    .filter(one -> one.fileId().equals(fileId))
                    .findFirst()
                    .orElseThrow(() -> RejectedException.notFound("There is no such file in the changeset."));
            FileState base = stand.bases().get(fileId);
            SyncFile main = stand.main().get(fileId);
            Map<String, TextContent> before = bases.contents(tenant, base == null ? List.of() : List.of(base));
            Map<String, TextContent> now = bases.mainContents(tenant, main == null ? List.of() : List.of(main));
            return new Read(stand, file, before.get(fileId), now.get(fileId));
        });
    }

    /**
     * A file with all its texts.
     *
     * @throws RejectedException if there is no such changeset or file
     * @throws dev.semel.UnavailableException if a text is there and cannot be read
     */
    FileTexts file(String tenant, String id, String fileId) {
        Read read = read(tenant, id, fileId);
        return new FileTexts(
                Views.file(read.stand, read.file, content -> null),
                text(tenant, read.base),
                proposed(tenant, read, read.file.proposed().content()),
                text(tenant, read.main),
                proposed(tenant, read, read.file.amended()));
    }

    /** A changeset that was closed long ago does not hold its contents any more: null if they were collected. */
    private @Nullable String proposed(String tenant, Read read, @Nullable TextContent content) {
        if (content == null || !read.stand.changeset().state().isClosed()) {
            return text(tenant, content);
        }
        return texts.find(tenant, content).map(ContentBytes::text).orElse(null);
    }

    private @Nullable String text(String tenant, @Nullable TextContent content) {
        return content == null ? null : texts.read(tenant, content).text();
    }

    /**
     * The difference from the base to what the file is to become, as {@code patch} takes it.
     *
     * @throws RejectedException if there is no such changeset or file, or too much differs, or what was before is forgotten
     */
    String diff(String tenant, String id, String fileId) {
        Read read = read(tenant, id, fileId);
        if (read.base == null && read.file.proposed().baseVersion() > 0) {
            throw RejectedException.notFound("What was before this change is not known any more.");
        }
        String before = text(tenant, read.base);
        String after = proposed(tenant, read, read.file.result());
        if (after == null && read.file.result() != null) {
            throw RejectedException.notFound("The changeset is closed, and this content of it is forgotten.");
        }
        String path = read.file.proposed().path();
        return Differences.unified(
                before == null ? "/dev/null" : "a/" + path,
                before == null ? "" : before,
                after == null ? "/dev/null" : "b/" + path,
                after == null ? "" : after);
    }
}
