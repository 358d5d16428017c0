package dev.semel.internal.audit;

import dev.semel.audit.AuditFinding;
import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Collects what a verification finds; bounded, however much was destroyed. Belongs to one thread. */
final class Findings {
    private static final int LISTED = 1_000;

    private final List<AuditFinding> findings = new ArrayList<>();
    private final List<AuditHead> heads = new ArrayList<>();
    private final List<YearMonth> detached = new ArrayList<>();
    private long count;
    private long verified;
    private long unsealed;

    void add(AuditFinding finding) {
        count++;
        if (findings.size() < LISTED) {
            findings.add(finding);
        }
    }

    void chainBroken(YearMonth month, String why) {
        add(new AuditFinding.ChainBroken(month, why));
    }

    void head(AuditHead head) {
        heads.add(head);
    }

    void detached(YearMonth month) {
        detached.add(month);
    }

    void verified(long rows) {
        verified += rows;
    }

    void unsealed(long rows) {
        unsealed += rows;
    }

    AuditVerification result() {
        return new AuditVerification(heads, verified, unsealed, detached, findings, count);
    }
}
