package dev.semel.sync.rebase;

import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.spring.web.PathIds;
import dev.semel.sync.changesets.Action;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.SyncFile;
import dev.semel.sync.rebase.Bases.Stand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Merges a changeset with main, outside of any transaction. Thread-safe. */
public final class RebasePreparation {
    private final Semel semel;
    private final ChangesetTable changesets;
    private final Bases bases;
    private final FileRebase merging;

    /** Reads by the tables, and merges by the last. */
    public RebasePreparation(Semel semel, ChangesetTable changesets, Bases bases, FileRebase merging) {
        this.semel = semel;
        this.changesets = changesets;
        this.bases = bases;
        this.merging = merging;
    }

    private record Read(Stand stand, Map<String, TextContent> bases, Map<String, TextContent> main) {}

    /**
     * Merges all files.
     *
     * @param id the changeset's, as the path has it
     * @throws RejectedException if there is no such changeset, its state does not allow it, or any merge is not clean: with all conflicts
     */
    public PreparedRebase prepare(String tenant, String id) {
        UUID changesetId = PathIds.parse(id, "changeset");
        Read read = semel.read(tenant, connection -> read(tenant, changesetId));
        List<ReviewedFile> next = new ArrayList<>();
        List<RebaseConflict> conflicts = new ArrayList<>();
        for (ReviewedFile file : read.stand.files()) {
            merging.rebase(tenant, three(read, file)).take(next::add, conflicts::add);
        }
        if (!conflicts.isEmpty()) {
            throw RejectedException.conflict("REBASE_CONFLICT", "Files cannot be merged by themselves: see results.")
                    .with("results", conflicts);
        }
        return new PreparedRebase(read.stand.changeset(), next, versions(read.stand));
    }

    private Read read(String tenant, UUID id) {
        Changeset changeset = changesets.find(tenant, id).orElseThrow(ChangesetTable::unknown);
        Action.REBASE.requireAllowedIn(changeset.state());
        Stand stand = bases.of(tenant, changeset);
        return new Read(
                stand,
                bases.contents(tenant, stand.bases().values()),
                bases.mainContents(tenant, stand.main().values()));
    }

    private static FileRebase.Three three(Read read, ReviewedFile file) {
        String id = file.fileId();
        return new FileRebase.Three(
                file,
                read.stand.bases().get(id),
                read.bases.get(id),
                read.stand.main().get(id),
                read.main.get(id));
    }

    private static Map<String, Long> versions(Stand stand) {
        Map<String, Long> versions = new HashMap<>();
        for (ReviewedFile file : stand.files()) {
            SyncFile main = stand.main().get(file.fileId());
            versions.put(file.fileId(), main == null ? 0 : main.version());
        }
        return versions;
    }
}
