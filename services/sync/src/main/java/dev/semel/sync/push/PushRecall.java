package dev.semel.sync.push;

import dev.semel.Recall;
import dev.semel.sync.changesets.ProposedFileTable;
import dev.semel.sync.changesets.RevisionTable;
import dev.semel.sync.changesets.State;
import dev.semel.sync.files.FileChangeTable;
import dev.semel.sync.push.OpResult.Status;
import dev.semel.sync.push.PushAnswer.MadeChangeset;
import dev.semel.sync.scopes.Feed;
import dev.semel.sync.scopes.FeedTable;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;

/** Answers a push again from what it has made, as long as that is there. Thread-safe. */
public final class PushRecall implements Recall<PushAnswer> {
    private final RevisionTable revisions;
    private final ProposedFileTable files;
    private final FileChangeTable changes;
    private final FeedTable feeds;

    /** From those tables. */
    public PushRecall(RevisionTable revisions, ProposedFileTable files, FileChangeTable changes, FeedTable feeds) {
        this.revisions = revisions;
        this.files = files;
        this.changes = changes;
        this.feeds = feeds;
    }

    @Override
    public Optional<PushAnswer> recall(Connection connection, String tenant, UUID resultId) {
        return revisions.findByWrite(tenant, resultId).map(made -> answer(tenant, resultId, made));
    }

    private PushAnswer answer(String tenant, UUID resultId, RevisionTable.Made made) {
        boolean direct = made.state() == State.PUBLISHED;
        return new PushAnswer(
                MadeChangeset.of(made.changeset(), made.state().text(), made.revision()),
                files.made(tenant, made.changeset(), made.revision()).stream()
                        .map(file -> direct
                                ? OpResult.published(file.fileId(), file.mainVersion())
                                : OpResult.of(file.fileId(), Status.OK, file.mainVersion()))
                        .toList(),
                direct ? head(tenant, resultId, made) : made.mainHead());
    }

    /** If the change itself is forgotten, main is further than that at any rate. */
    private long head(String tenant, UUID resultId, RevisionTable.Made made) {
        return changes.headOf(tenant, resultId)
                .orElseGet(() -> feeds.find(tenant, made.scope(), Feed.MAIN).floor());
    }
}
