package dev.semel.audit;

import java.time.YearMonth;
import java.util.List;

/**
 * What a verification came to. Immutable.
 *
 * @param heads of the months that were looked at; keep them elsewhere and give them to the next verification
 * @param verifiedRows that are as they were when they were sealed
 * @param unsealedRows that were not sealed when their month was looked at: nothing is known of them
 * @param detached months whose rows are not in the log any more: only their seals were looked at, or the rest of them if the month
 *     left meanwhile
 * @param findings what is wrong, the first thousand of it
 * @param findingCount how much is wrong in all
 */
public record AuditVerification(
        List<AuditHead> heads,
        long verifiedRows,
        long unsealedRows,
        List<YearMonth> detached,
        List<AuditFinding> findings,
        long findingCount) {
    /** Copies the lists. */
    public AuditVerification {
        heads = List.copyOf(heads);
        detached = List.copyOf(detached);
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean intact() {
        return findingCount == 0;
    }
}
