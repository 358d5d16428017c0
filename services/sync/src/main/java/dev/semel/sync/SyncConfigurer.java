package dev.semel.sync;

import dev.semel.PayloadCodec;
import dev.semel.Recall;
import dev.semel.Semel;
import dev.semel.spring.SemelConfigurer;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.Closing;
import dev.semel.sync.changesets.ExpireChangeset;
import dev.semel.sync.changesets.ReviewFeed;
import dev.semel.sync.publish.AttemptTable;
import dev.semel.sync.push.PushRecall;

/** Contributes the operations of sync, each with the way back to what it has done. */
final class SyncConfigurer implements SemelConfigurer {
    private final SyncTables tables;
    private final PayloadCodec codec;

    SyncConfigurer(SyncTables tables, PayloadCodec codec) {
        this.tables = tables;
        this.codec = codec;
    }

    @Override
    public void configure(Semel.Builder builder) {
        PushRecall pushes = tables.pushRecall();
        ReviewFeed review = tables.review();
        Recall<ChangesetAnswer> reviews = (connection, tenant, id) -> review.findByWrite(tenant, id);
        AttemptTable attempts = tables.attempts(codec);
        Closing closing = tables.closing();
        builder.register(SyncOperations.CREATE_SCOPE)
                .recall(
                        SyncOperations.CREATE_SCOPE,
                        (connection, tenant, id) -> tables.scopes().findById(tenant, id))
                .register(SyncOperations.PUSH_CHANGESET)
                .recall(SyncOperations.PUSH_CHANGESET, pushes)
                .register(SyncOperations.DECIDE_CHANGESET)
                .recall(SyncOperations.DECIDE_CHANGESET, reviews)
                .register(SyncOperations.WITHDRAW_CHANGESET)
                .recall(SyncOperations.WITHDRAW_CHANGESET, reviews)
                .register(SyncOperations.REBASE_CHANGESET)
                .recall(SyncOperations.REBASE_CHANGESET, reviews)
                .register(SyncOperations.PUBLISH_CHANGESET)
                .recall(SyncOperations.PUBLISH_CHANGESET, (connection, tenant, id) -> attempts.find(tenant, id))
                .register(SyncOperations.REVERT_CHANGESET)
                .recall(SyncOperations.REVERT_CHANGESET, pushes)
                .handle(ExpireChangeset.OPERATION, closing::expire)
                .recall(ExpireChangeset.OPERATION, reviews);
    }
}
