package dev.semel.sync;

import dev.semel.documents.blob.BlobHolds;
import dev.semel.documents.versions.PublishedVersions;
import dev.semel.sync.changesets.ChangesetChangeTable;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.ProposedFileTable;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.RevisionTable;
import dev.semel.sync.files.FileChangeTable;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushParts;
import dev.semel.sync.push.PushRecall;
import dev.semel.sync.scopes.FeedTable;
import dev.semel.sync.scopes.ScopeTable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of sync, and what stands on nothing but them. Immutable. */
record SyncTables(
        JdbcClient jdbc,
        ScopeTable scopes,
        FeedTable feeds,
        FileTable files,
        FileChangeTable changes,
        RevisionTable revisions) {
    static SyncTables on(JdbcClient jdbc) {
        return new SyncTables(
                jdbc,
                new ScopeTable(jdbc),
                new FeedTable(jdbc),
                new FileTable(jdbc),
                new FileChangeTable(jdbc),
                new RevisionTable(jdbc));
    }

    MainBranch main() {
        return new MainBranch(new PublishedVersions(jdbc), files, feeds, changes);
    }

    ReviewFeed review() {
        return new ReviewFeed(feeds, new ChangesetChangeTable(jdbc));
    }

    Changesets changesets() {
        return new Changesets(new ChangesetTable(jdbc), revisions, new ProposedFileTable(jdbc), new BlobHolds(jdbc));
    }

    Push push() {
        PushParts parts = new PushParts(files, new PathTable(jdbc), feeds, changesets(), main(), review());
        return new Push(scopes, feeds, revisions, parts);
    }

    PushRecall pushRecall() {
        return new PushRecall(revisions, new ProposedFileTable(jdbc), changes);
    }
}
