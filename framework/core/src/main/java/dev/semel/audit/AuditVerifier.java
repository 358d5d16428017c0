package dev.semel.audit;

import dev.semel.internal.audit.LogCheck;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;

/**
 * Holds the audit log against its seals. Thread-safe.
 *
 * <p>Found without help from outside: a sealed row that was changed, deleted, moved, or slipped in; a seal that was changed,
 * removed or added without its anchor; an anchor that was changed without its seals; a month that disappeared with its anchor
 * while a later one stands on it.
 *
 * <p><strong>Not found without {@linkplain AuditHead heads} that were kept elsewhere:</strong> that somebody who may write every
 * table rewrote rows, all later seals of the month and its anchor together, or removed the latest month with its anchor.
 * Never found: what happened to rows before they were sealed, usually within two minutes, and rows that were never written.
 *
 * <p>Cost: reads the months' rows once, a thousand in each transaction, with bounded memory. Writes do not wait; a month that
 * is detached while it is read is looked at as far as its rows were there, and from there on as a detached one.
 */
public final class AuditVerifier {
    private final LogCheck check;

    private AuditVerifier(LogCheck check) {
        this.check = check;
    }

    /** A verifier. */
    public static AuditVerifier of(MaintenanceTransactions maintenance) {
        return new AuditVerifier(new LogCheck(maintenance));
    }

    /**
     * Verifies all months.
     *
     * @throws Exception what the database threw
     */
    public AuditVerification verify() throws Exception {
        return verify(List.of());
    }

    /**
     * Verifies all months, also against heads that were kept elsewhere.
     *
     * @throws Exception what the database threw
     */
    public AuditVerification verify(Collection<AuditHead> keptElsewhere) throws Exception {
        return check.all(keptElsewhere);
    }

    /**
     * Verifies one month, also against its heads among those that were kept elsewhere.
     *
     * @throws Exception what the database threw
     */
    public AuditVerification verify(YearMonth month, Collection<AuditHead> keptElsewhere) throws Exception {
        return check.one(month, keptElsewhere);
    }
}
