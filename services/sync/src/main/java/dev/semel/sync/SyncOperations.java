package dev.semel.sync;

import dev.semel.Operation;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.ChangesetEvent;
import dev.semel.sync.changesets.CloseChangeset;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.publish.PublishReport;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushKeying;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RebaseChangeset;
import dev.semel.sync.rebase.RevertChangeset;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.Scope;

/** The operations of sync. */
public final class SyncOperations {
    /** The largest push, in bytes. */
    public static final int MAX_PUSH = 32 << 20;

    /** A report has the paths of a thousand files, each of a kilobyte at most. */
    private static final int MAX_REPORT = 4 << 20;

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
            .emits(ChangesetEvent.CLOSED)
            .emits(MainBranch.FILE_CHANGED)
            .build();

    /** Decides on files of a changeset. */
    public static final Operation<NewDecisions, ChangesetAnswer> DECIDE_CHANGESET = Operation.highRisk(
                    "decideChangeset", NewDecisions.class, ChangesetAnswer.class)
            .maxPayloadBytes(MAX_PUSH)
            .emits(ChangesetEvent.DECIDED)
            .build();

    /** The author takes a changeset back. */
    public static final Operation<CloseChangeset, ChangesetAnswer> WITHDRAW_CHANGESET = Operation.standard(
                    "withdrawChangeset", CloseChangeset.class, ChangesetAnswer.class)
            .emits(ChangesetEvent.CLOSED)
            .build();

    /** Makes main the base of a changeset. */
    public static final Operation<RebaseChangeset, ChangesetAnswer> REBASE_CHANGESET = Operation.standard(
                    "rebaseChangeset", RebaseChangeset.class, ChangesetAnswer.class)
            .emits(ChangesetEvent.PROPOSED)
            .build();

    /** Brings what was accepted to main. */
    public static final Operation<PublishRequest, PublishReport> PUBLISH_CHANGESET = Operation.highRisk(
                    "publishChangeset", PublishRequest.class, PublishReport.class)
            .maxResultBytes(MAX_REPORT)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(MainBranch.FILE_CHANGED)
            .build();

    /** Takes back what a changeset has done. */
    public static final Operation<RevertChangeset, PushAnswer> REVERT_CHANGESET = Operation.highRisk(
                    "revertChangeset", RevertChangeset.class, PushAnswer.class)
            .emits(ChangesetEvent.PROPOSED)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(MainBranch.FILE_CHANGED)
            .build();

    private SyncOperations() {}
}
