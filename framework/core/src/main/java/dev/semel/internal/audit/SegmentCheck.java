package dev.semel.internal.audit;

import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.RowMissing;
import dev.semel.internal.audit.Seal.SealedRow;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Holds the rows that stand where a seal's rows stood against the seal. Belongs to one thread. */
final class SegmentCheck {
    private final YearMonth month;
    private final Findings findings;
    private final Map<Long, SealedRow> expected = new LinkedHashMap<>();
    private final Set<Long> matched = new HashSet<>();
    private final Map<Long, StoredRow> different = new HashMap<>();

    SegmentCheck(Seal seal, Findings findings) {
        this.month = seal.month();
        this.findings = findings;
        seal.rows().forEach(row -> expected.put(row.id(), row));
    }

    void take(StoredRow row) {
        SealedRow before = expected.get(row.id());
        if (before != null && before.digest().equals(row.digest()) && matched.add(row.id())) {
            return;
        }
        // Two rows may share an id: which of them is the sealed one is known at the end.
        StoredRow other = before == null ? row : different.put(row.id(), row);
        if (other != null) {
            findings.add(new RowInserted(month, other.tenantId(), other.id()));
        }
    }

    /** All rows that stand there were taken. */
    void end() {
        finish(true);
    }

    /** The rest of the rows cannot be seen any more. */
    void leave() {
        finish(false);
    }

    private void finish(boolean complete) {
        expected.forEach((id, before) -> {
            StoredRow other = different.get(id);
            if (other != null && matched.contains(id)) {
                findings.add(new RowInserted(month, other.tenantId(), id));
            } else if (other != null) {
                findings.add(new RowChanged(month, before.tenant(), id));
            } else if (complete && !matched.contains(id)) {
                findings.add(new RowMissing(month, before.tenant(), id));
            }
        });
        findings.verified(matched.size());
    }
}
