package dev.semel.sync;

import dev.semel.PayloadCodec;
import dev.semel.documents.blob.BlobHolds;
import dev.semel.documents.versions.PublishedVersions;
import dev.semel.documents.versions.SmallContents;
import dev.semel.sync.changesets.ChangesetChangeTable;
import dev.semel.sync.changesets.ChangesetTable;
import dev.semel.sync.changesets.Changesets;
import dev.semel.sync.changesets.Closing;
import dev.semel.sync.changesets.Deciding;
import dev.semel.sync.changesets.ProposedFileTable;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.changesets.ReviewedFileTable;
import dev.semel.sync.changesets.RevisionTable;
import dev.semel.sync.files.FileChangeTable;
import dev.semel.sync.files.FileStateTable;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.publish.AttemptTable;
import dev.semel.sync.publish.Publishing;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushParts;
import dev.semel.sync.push.PushRecall;
import dev.semel.sync.rebase.Bases;
import dev.semel.sync.rebase.Rebasing;
import dev.semel.sync.rebase.Reverting;
import dev.semel.sync.review.ReviewWrites;
import dev.semel.sync.scopes.FeedTable;
import dev.semel.sync.scopes.ScopeTable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of sync, and what stands on nothing but them. Immutable. */
record SyncTables(JdbcClient jdbc, ScopeTable scopes, FeedTable feeds, FileTable files, ChangesetTable changesets) {
    static SyncTables on(JdbcClient jdbc) {
        return new SyncTables(
                jdbc, new ScopeTable(jdbc), new FeedTable(jdbc), new FileTable(jdbc), new ChangesetTable(jdbc));
    }

    private MainBranch main() {
        return new MainBranch(new PublishedVersions(jdbc), files, feeds, new FileChangeTable(jdbc));
    }

    ReviewFeed review() {
        return new ReviewFeed(feeds, changes());
    }

    ChangesetChangeTable changes() {
        return new ChangesetChangeTable(jdbc);
    }

    RevisionTable revisions() {
        return new RevisionTable(jdbc);
    }

    private ReviewedFileTable reviewed() {
        return new ReviewedFileTable(jdbc);
    }

    private Changesets writing() {
        return new Changesets(changesets, revisions(), new ProposedFileTable(jdbc), reviewed(), new BlobHolds(jdbc));
    }

    Push push() {
        PushParts parts = new PushParts(files, new PathTable(jdbc), feeds, writing(), main(), review());
        return new Push(scopes, feeds, revisions(), parts);
    }

    PushRecall pushRecall() {
        return new PushRecall(revisions(), new ProposedFileTable(jdbc), new FileChangeTable(jdbc), feeds);
    }

    AttemptTable attempts(PayloadCodec codec) {
        return new AttemptTable(jdbc, codec);
    }

    Publishing publishing(PayloadCodec codec) {
        Publishing.MainTables main = new Publishing.MainTables(files, new PathTable(jdbc), feeds, main());
        return new Publishing(changesets, reviewed(), review(), attempts(codec), main);
    }

    Bases bases() {
        return new Bases(reviewed(), files, new FileStateTable(jdbc), new SmallContents(jdbc));
    }

    Closing closing() {
        return new Closing(changesets, reviewed(), review());
    }

    ReviewWrites reviewWrites(Push push) {
        return new ReviewWrites(
                new Deciding(scopes, changesets, reviewed(), review(), new BlobHolds(jdbc)),
                closing(),
                new Rebasing(writing(), files, feeds, review()),
                new Reverting(changesets, reviewed(), new FileStateTable(jdbc), bases(), push));
    }
}
