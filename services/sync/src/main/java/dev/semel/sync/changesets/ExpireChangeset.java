package dev.semel.sync.changesets;

import dev.semel.Operation;
import dev.semel.RejectedException.Reason;
import java.util.UUID;

/**
 * That a changeset is to expire.
 *
 * @param decisionVersion that it had when it was found idle
 */
public record ExpireChangeset(UUID changesetId, long decisionVersion) {
    /** Has no route: the job asks for it. */
    public static final Operation<ExpireChangeset, ChangesetAnswer> OPERATION = Operation.standard(
                    "expireChangeset", ExpireChangeset.class, ChangesetAnswer.class)
            .emits(ChangesetEvent.CLOSED)
            .rejects(Reason.CONFLICT, "INVALID_STATE", "NOT_IDLE")
            .build();
}
