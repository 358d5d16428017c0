package dev.semel.sync;

import dev.semel.Operation;
import dev.semel.sync.changesets.ChangesetEvent;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushKeying;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.Scope;

/** The operations of sync. */
public final class SyncOperations {
    /** The largest push, in bytes. */
    public static final int MAX_PUSH = 32 << 20;

    /** Creates a scope. */
    public static final Operation<NewScope, Scope> CREATE_SCOPE =
            Operation.standard("createScope", NewScope.class, Scope.class).build();

    /** Pushes files: to main, or as a proposal. */
    public static final Operation<PushRequest, PushAnswer> PUSH_CHANGESET = Operation.highRisk(
                    "pushChangeset", PushRequest.class, PushAnswer.class)
            .keyFromPayload("clientChangesetId", new PushKeying())
            .maxPayloadBytes(MAX_PUSH)
            .emits(ChangesetEvent.PROPOSED)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(MainBranch.FILE_CHANGED)
            .build();

    private SyncOperations() {}
}
