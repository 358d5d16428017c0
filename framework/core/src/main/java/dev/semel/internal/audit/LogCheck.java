package dev.semel.internal.audit;

import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Verifies months, one after the other. */
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
        new MonthCheck(new MonthPages(maintenance, month), findings, MonthCheck.NOBODY).run(kept);
    }
}
