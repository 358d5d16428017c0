package dev.semel.internal.audit;

import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Verifies months, each in a transaction of its own. */
public final class LogCheck {
    private final MaintenanceTransactions maintenance;

    public LogCheck(MaintenanceTransactions maintenance) {
        this.maintenance = maintenance;
    }

    public AuditVerification all(Collection<AuditHead> keptElsewhere) throws Exception {
        Findings findings = new Findings();
        for (YearMonth month : months(keptElsewhere)) {
            check(month, keptElsewhere, findings);
        }
        return findings.result();
    }

    public AuditVerification one(YearMonth month, Collection<AuditHead> keptElsewhere) throws Exception {
        Findings findings = new Findings();
        check(month, keptElsewhere, findings);
        return findings.result();
    }

    private SortedSet<YearMonth> months(Collection<AuditHead> keptElsewhere) throws Exception {
        SortedSet<YearMonth> months = new TreeSet<>();
        keptElsewhere.forEach(head -> months.add(head.month()));
        maintenance.<Boolean>run(connection -> {
            months.addAll(new Months(connection).all().keySet());
            new Anchors(connection).all().forEach(anchor -> months.add(anchor.month()));
            return true;
        });
        return months;
    }

    private void check(YearMonth month, Collection<AuditHead> keptElsewhere, Findings findings) throws Exception {
        List<AuditHead> kept = keptElsewhere.stream()
                .filter(head -> head.month().equals(month))
                .toList();
        Snapshots.<Boolean>read(maintenance, connection -> {
            check(connection, month, kept, findings);
            return true;
        });
    }

    private static void check(Connection connection, YearMonth month, List<AuditHead> kept, Findings findings)
            throws SQLException {
        Optional<Anchor> anchor = new Anchors(connection).find(month);
        // Where the rows really are, and not where the anchor says: it may be told to say that there are none.
        boolean present = new Months(connection).all().containsKey(month);
        if (anchor.isEmpty()) {
            checkWithoutAnchor(connection, month, kept, findings);
        } else if (anchor.get().state() == Anchor.State.DROPPED && !present) {
            checkDropped(anchor.get(), kept, findings);
        } else {
            boolean withRows = present || anchor.get().state().isAttached();
            new MonthCheck(connection, anchor.get(), findings, MonthCheck.NOBODY).run(kept, withRows);
        }
    }

    private static void checkWithoutAnchor(
            Connection connection, YearMonth month, List<AuditHead> kept, Findings findings) throws SQLException {
        findings.unsealed(new LogRows(connection).count(month, Long.MIN_VALUE, Long.MAX_VALUE));
        boolean hadSeals = new Seals(connection).hash(month, 1).isPresent();
        if (hadSeals || !kept.isEmpty()) {
            findings.chainBroken(month, "its anchor is missing");
        }
    }

    private static void checkDropped(Anchor anchor, List<AuditHead> kept, Findings findings) {
        findings.detached(anchor.month());
        AuditHead head = new AuditHead(
                anchor.month(), anchor.head().seals(), anchor.head().hash());
        findings.head(head);
        boolean other = kept.stream()
                .anyMatch(one -> one.seals() > head.seals()
                        || (one.seals() == head.seals() && !one.hash().equals(head.hash())));
        if (other) {
            findings.chainBroken(anchor.month(), "its anchor is not the one that was kept elsewhere");
        }
    }
}
