package dev.semel.sync.rebase;

import dev.semel.documents.versions.SmallContents;
import dev.semel.sync.changesets.Changeset;
import dev.semel.sync.changesets.ReviewedFile;
import dev.semel.sync.changesets.ReviewedFileTable;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.files.FileStateTable;
import dev.semel.sync.files.FileStateTable.FileState;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.SyncFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a changeset stands on: its bases, and main beside them. Works in the transaction of its caller. Thread-safe. */
public final class Bases {
    private final ReviewedFileTable reviewed;
    private final FileTable files;
    private final FileStateTable states;
    private final SmallContents small;

    /** Reads those tables. */
    public Bases(ReviewedFileTable reviewed, FileTable files, FileStateTable states, SmallContents small) {
        this.reviewed = reviewed;
        this.files = files;
        this.states = states;
        this.small = small;
    }

    /**
     * A changeset with its files, their bases and main's, by file. Immutable.
     *
     * @param bases of files that have one
     * @param main of files that main has, tombstones as well
     */
    public record Stand(
            Changeset changeset, List<ReviewedFile> files, Map<String, FileState> bases, Map<String, SyncFile> main) {}

    /** How a changeset stands. */
    public Stand of(String tenant, Changeset changeset) {
        List<ReviewedFile> found = reviewed.files(tenant, changeset.id(), changeset.revision());
        Map<String, Long> versions = new HashMap<>();
        for (ReviewedFile file : found) {
            if (file.proposed().baseVersion() > 0) {
                versions.put(file.fileId(), file.proposed().baseVersion());
            }
        }
        return new Stand(
                changeset,
                found,
                states.find(tenant, changeset.scope(), versions),
                files.find(
                        tenant,
                        changeset.scope(),
                        found.stream().map(ReviewedFile::fileId).toList()));
    }

    /** Contents of bases, with the small ones' bytes, by file. */
    public Map<String, TextContent> contents(String tenant, Collection<FileState> wanted) {
        Map<UUID, byte[]> inline = small.find(
                tenant,
                wanted.stream().map(FileState::documentId).toList(),
                wanted.stream().map(FileState::documentVersion).toList());
        Map<String, TextContent> contents = new HashMap<>();
        wanted.forEach(state -> contents.put(
                state.fileId(), new TextContent(state.contentHash(), state.size(), inline.get(state.documentId()))));
        return contents;
    }

    /** Contents of main's files, with the small ones' bytes, by file. */
    public Map<String, TextContent> mainContents(String tenant, Collection<SyncFile> wanted) {
        Map<UUID, byte[]> inline = small.find(
                tenant,
                wanted.stream().map(SyncFile::documentId).toList(),
                wanted.stream().map(SyncFile::documentVersion).toList());
        Map<String, TextContent> contents = new HashMap<>();
        wanted.forEach(file -> contents.put(
                file.fileId(), new TextContent(file.contentHash(), file.size(), inline.get(file.documentId()))));
        return contents;
    }
}
