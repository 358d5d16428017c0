package dev.semel.sync.articles;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.files.MainBranch;

/** The operations of articles. */
public final class ArticleOperations {
    /** A text of the largest size, in which every sign is escaped. */
    private static final int MAX_PUT = 2 * PutContents.MAX_SIZE;

    /** Edits an article. */
    public static final Operation<PutDoc, Doc> PUT_DOC = Operation.highRisk("putDoc", PutDoc.class, Doc.class)
            .deriveKey(DocKeys.DESCRIPTION, DocKeys::put)
            .inTurn(DocTurns::put)
            .maxPayloadBytes(MAX_PUT)
            .emits(MainBranch.FILE_CHANGED)
            .rejects(Reason.PRECONDITION, "PRECONDITION_FAILED")
            .rejects(Reason.CONFLICT, "ARTICLE_AMBIGUOUS", "PATH_TAKEN", "CASE_COLLISION", "REVIEW_REQUIRED")
            .rejects(Reason.RULE, "NO_SERVER_PATH")
            .rejects(Reason.BUSY, "PATHS_BUSY")
            .build();

    /** Deletes an article. */
    public static final Operation<DeleteDoc, DeletedDoc> DELETE_DOC = Operation.highRisk(
                    "deleteDoc", DeleteDoc.class, DeletedDoc.class)
            .deriveKey(DocKeys.DESCRIPTION, DocKeys::delete)
            .inTurn(DocTurns::delete)
            .emits(MainBranch.FILE_CHANGED)
            .rejects(Reason.PRECONDITION, "PRECONDITION_FAILED")
            .rejects(Reason.CONFLICT, "ARTICLE_AMBIGUOUS", "REVIEW_REQUIRED")
            .rejects(Reason.BUSY, "PATHS_BUSY")
            .build();

    private ArticleOperations() {}
}
