package dev.semel.sync.files;

import dev.semel.Write;
import dev.semel.documents.versions.NewPublication;
import dev.semel.documents.versions.PublishedVersions;
import dev.semel.sync.content.TextContent;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Changes main: the documents, the files, the counter and the change log, all in the caller's transaction, by as many statements
 * whatever the number of files. The caller has locked the files, and knows that the paths are free. Thread-safe.
 */
public final class MainBranch {
    /** Emitted with a {@link FileEvent} for each file. */
    public static final String FILE_CHANGED = "file.changed";

    private static final String MANAGER = "sync";
    private static final String MARKDOWN = "text/markdown;charset=utf-8";
    private static final int MAX_TITLE = 200;

    private final PublishedVersions documents;
    private final FileTable files;
    private final FeedTable feeds;
    private final FileChangeTable changes;

    /** Writes into those tables. */
    public MainBranch(PublishedVersions documents, FileTable files, FeedTable feeds, FileChangeTable changes) {
        this.documents = documents;
        this.files = files;
        this.feeds = feeds;
        this.changes = changes;
    }

    /**
     * What main has become.
     *
     * @param head the number of the change
     * @param files as they are now, in the order of the changes
     */
    public record Applied(long head, List<SyncFile> files) {}

    /**
     * Applies the changes. The counter is bumped by the last statement that waits for anybody, so the caller waits for nothing
     * afterwards.
     *
     * @param asked at least one, and at most one for each file
     */
    public Applied apply(Write<?> write, String scope, Cause cause, List<? extends MainChange> asked) {
        Map<UUID, Long> versions = documents.publish(write, MANAGER, MARKDOWN, publications(write, asked));
        List<SyncFile> after =
                asked.stream().map(change -> after(write, change, versions)).toList();
        files.update(write.tenant(), scope, existing(asked, after, true));
        files.insert(write.tenant(), scope, existing(asked, after, false));
        long head = feeds.bump(write.tenant(), scope, Feed.MAIN);
        changes.insert(write, scope, head, cause, after);
        after.forEach(file -> emit(write, scope, file, head));
        return new Applied(head, after);
    }

    private static List<SyncFile> existing(List<? extends MainChange> asked, List<SyncFile> after, boolean existing) {
        List<SyncFile> chosen = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if ((asked.get(i).before() != null) == existing) {
                chosen.add(after.get(i));
            }
        }
        return chosen;
    }

    private static List<NewPublication> publications(Write<?> write, List<? extends MainChange> asked) {
        return asked.stream()
                .filter(MainBranch::hasNewContent)
                .map(change -> publication(write, (MainChange.Upsert) change))
                .toList();
    }

    private static boolean hasNewContent(MainChange change) {
        SyncFile before = change.before();
        return change instanceof MainChange.Upsert upsert
                && (before == null
                        || !before.contentHash().equals(upsert.content().hash()));
    }

    private static NewPublication publication(Write<?> write, MainChange.Upsert upsert) {
        TextContent content = upsert.content();
        return new NewPublication(
                document(write, upsert),
                upsert.before() == null,
                title(upsert.path().text()),
                write.derivedId("version " + upsert.fileId()),
                content.hash(),
                content.size(),
                content.inline());
    }

    private static UUID document(Write<?> write, MainChange change) {
        SyncFile before = change.before();
        return before == null ? write.derivedId("document " + change.fileId()) : before.documentId();
    }

    private static String title(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.codePointCount(0, name.length()) <= MAX_TITLE
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_TITLE));
    }

    private static SyncFile after(Write<?> write, MainChange change, Map<UUID, Long> versions) {
        if (change instanceof MainChange.Delete delete) {
            SyncFile before = delete.before();
            return new SyncFile(
                    before.fileId(),
                    before.path(),
                    before.pathKey(),
                    before.version() + 1,
                    before.documentId(),
                    before.documentVersion(),
                    before.contentHash(),
                    before.size(),
                    true);
        }
        MainChange.Upsert upsert = (MainChange.Upsert) change;
        SyncFile before = upsert.before();
        UUID document = document(write, upsert);
        return new SyncFile(
                upsert.fileId(),
                upsert.path().text(),
                upsert.path().key(),
                before == null ? 1 : before.version() + 1,
                document,
                versions.getOrDefault(document, before == null ? 1L : before.documentVersion()),
                upsert.content().hash(),
                upsert.content().size(),
                false);
    }

    private static void emit(Write<?> write, String scope, SyncFile file, long head) {
        write.emit(
                FILE_CHANGED,
                orderingKey(scope),
                new FileEvent(
                        scope, file.fileId(), file.path(), file.version(), file.contentHash(), file.isDeleted(), head));
    }

    /** One for all events of a scope: they leave in the order of its commits. */
    public static String orderingKey(String scope) {
        return "scope:" + scope;
    }
}
