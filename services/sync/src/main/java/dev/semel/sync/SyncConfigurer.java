package dev.semel.sync;

import dev.semel.Semel;
import dev.semel.spring.SemelConfigurer;
import dev.semel.sync.push.PushRecall;
import dev.semel.sync.scopes.ScopeTable;

/** Contributes the operations of sync, each with the way back to what it has done. */
final class SyncConfigurer implements SemelConfigurer {
    private final ScopeTable scopes;
    private final PushRecall pushes;

    SyncConfigurer(ScopeTable scopes, PushRecall pushes) {
        this.scopes = scopes;
        this.pushes = pushes;
    }

    @Override
    public void configure(Semel.Builder builder) {
        builder.register(SyncOperations.CREATE_SCOPE)
                .recall(SyncOperations.CREATE_SCOPE, (connection, tenant, id) -> scopes.findById(tenant, id))
                .register(SyncOperations.PUSH_CHANGESET)
                .recall(SyncOperations.PUSH_CHANGESET, pushes);
    }
}
