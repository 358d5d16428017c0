package dev.semel.audit;

import java.time.YearMonth;
import java.util.List;

/** A month was not exported, and stays in the log. */
public final class AuditExportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<AuditFinding> findings;

    /**
     * @param why in English
     * @param findings of the verification; may be empty
     */
    public AuditExportException(YearMonth month, String why, List<AuditFinding> findings) {
        super("month " + month + " of the audit log is not exported: " + why);
        this.findings = List.copyOf(findings);
    }

    /** What the verification found. */
    public List<AuditFinding> findings() {
        return findings == null ? List.of() : findings;
    }
}
