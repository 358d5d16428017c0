package dev.semel.sync;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
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
    public static final Operation<NewScope, Scope> CREATE_SCOPE = Operation.standard(
                    "createScope", NewScope.class, Scope.class)
            .rejects(Reason.CONFLICT, "SCOPE_EXISTS")
            .build();

    /** Pushes files: to main, or as a proposal. */
    public static final Operation<PushRequest, PushAnswer> PUSH_CHANGESET = Operation.highRisk(
                    "pushChangeset", PushRequest.class, PushAnswer.class)
            .keyFromPayload("clientChangesetId", new PushKeying())
            .maxPayloadBytes(MAX_PUSH)
            .inTurn(SyncTurns::push)
            .emits(ChangesetEvent.PROPOSED)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(ChangesetEvent.CLOSED)
            .emits(MainBranch.FILE_CHANGED)
            .rejects(Reason.CONFLICT, "BASE_VERSION_CONFLICT", "PATH_TAKEN", "CASE_COLLISION", "INVALID_STATE")
            .rejects(Reason.RULE, "BAD_HASH", "CONTENT_UNKNOWN", "NOT_REVIEWED")
            .rejects(Reason.FORBIDDEN, "NOT_THE_AUTHOR")
            .rejects(Reason.BUSY, "PATHS_BUSY", "CHANGED_MEANWHILE")
            .build();

    /** Decides on files of a changeset. */
    public static final Operation<NewDecisions, ChangesetAnswer> DECIDE_CHANGESET = Operation.highRisk(
                    "decideChangeset", NewDecisions.class, ChangesetAnswer.class)
            .maxPayloadBytes(MAX_PUSH)
            .inTurn(SyncTurns::changeset)
            .emits(ChangesetEvent.DECIDED)
            .rejects(Reason.CONFLICT, "REVISION_CHANGED", "INVALID_STATE")
            .rejects(Reason.PRECONDITION, "PRECONDITION_FAILED")
            .rejects(Reason.FORBIDDEN, "SELF_REVIEW_FORBIDDEN")
            .rejects(Reason.RULE, "DECISION_NOT_POSSIBLE")
            .build();

    /** The author takes a changeset back. */
    public static final Operation<CloseChangeset, ChangesetAnswer> WITHDRAW_CHANGESET = Operation.standard(
                    "withdrawChangeset", CloseChangeset.class, ChangesetAnswer.class)
            .inTurn(SyncTurns::changeset)
            .emits(ChangesetEvent.CLOSED)
            .rejects(Reason.CONFLICT, "INVALID_STATE")
            .rejects(Reason.FORBIDDEN, "NOT_THE_AUTHOR")
            .build();

    /** Makes main the base of a changeset. */
    public static final Operation<RebaseChangeset, ChangesetAnswer> REBASE_CHANGESET = Operation.standard(
                    "rebaseChangeset", RebaseChangeset.class, ChangesetAnswer.class)
            .inTurn(SyncTurns::changeset)
            .emits(ChangesetEvent.PROPOSED)
            .rejects(Reason.CONFLICT, "INVALID_STATE", "REBASE_CONFLICT")
            .rejects(Reason.BUSY, "CHANGED_MEANWHILE")
            .build();

    /** Brings what was accepted to main. */
    public static final Operation<PublishRequest, PublishReport> PUBLISH_CHANGESET = Operation.highRisk(
                    "publishChangeset", PublishRequest.class, PublishReport.class)
            .maxResultBytes(MAX_REPORT)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(MainBranch.FILE_CHANGED)
            .rejects(Reason.CONFLICT, "INVALID_STATE", "REVISION_CHANGED", "DECISIONS_CHANGED", "PUBLISH_CONFLICT")
            .rejects(Reason.BUSY, "PUBLISH_IN_PROGRESS", "PATHS_BUSY")
            .build();

    /** Takes back what a changeset has done. */
    public static final Operation<RevertChangeset, PushAnswer> REVERT_CHANGESET = Operation.highRisk(
                    "revertChangeset", RevertChangeset.class, PushAnswer.class)
            .inTurn(SyncTurns::changeset)
            .emits(ChangesetEvent.PROPOSED)
            .emits(ChangesetEvent.PUBLISHED)
            .emits(MainBranch.FILE_CHANGED)
            .rejects(Reason.CONFLICT, "INVALID_STATE", "BASE_VERSION_CONFLICT", "PATH_TAKEN", "CASE_COLLISION")
            .rejects(Reason.RULE, "CHANGES_FORGOTTEN")
            .rejects(Reason.BUSY, "PATHS_BUSY")
            .build();

    private SyncOperations() {}
}
