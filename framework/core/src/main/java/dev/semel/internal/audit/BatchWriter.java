package dev.semel.internal.audit;

import dev.semel.Transactions;
import dev.semel.internal.AuditLog;
import dev.semel.internal.AuditRow;
import dev.semel.internal.Deadline;
import dev.semel.internal.SqlFailures;
import dev.semel.internal.TenantSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes batches: a transaction per tenant, again while the database is away, one by one if a row is refused. */
final class BatchWriter {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Transactions transactions;
    private final AuditTally tally;
    private final Duration patience;

    BatchWriter(Transactions transactions, AuditTally tally, Duration patience) {
        this.transactions = transactions;
        this.tally = tally;
        this.patience = patience;
    }

    /** Each row is counted as written or lost, also when this is interrupted. */
    void write(List<AuditRow> batch) throws InterruptedException {
        Map<String, List<AuditRow>> byTenant = batch.stream()
                .collect(Collectors.groupingBy(row -> row.caller().tenant(), LinkedHashMap::new, Collectors.toList()));
        Deadline deadline = Deadline.after(patience);
        boolean interrupted = false;
        for (List<AuditRow> rows : byTenant.values()) {
            interrupted |= !writeTenant(rows, deadline, interrupted);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    private boolean writeTenant(List<AuditRow> rows, Deadline deadline, boolean interrupted) {
        long pause = FIRST_PAUSE_MILLIS;
        while (!interrupted) {
            try {
                insert(rows);
                tally.written(rows.size());
                return true;
            } catch (Exception failure) {
                if (!SqlFailures.isUnavailable(failure) && !SqlFailures.isConflict(failure)) {
                    writeSingly(rows, failure);
                    return true;
                }
                if (deadline.passed()) {
                    tally.lost(rows.size(), "the database cannot be reached");
                    return true;
                }
                interrupted = !sleep(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            } catch (Error failure) { // who knows how far it came: not again
                tally.lost(rows.size(), failure.getClass().getSimpleName());
                return true;
            }
        }
        tally.lost(rows.size(), "the writer was closed before they were written");
        return false;
    }

    private void writeSingly(List<AuditRow> rows, Exception failure) {
        if (rows.size() == 1) {
            tally.lost(1, failure.getClass().getSimpleName());
            return;
        }
        for (AuditRow row : rows) {
            try {
                insert(List.of(row));
                tally.written(1);
            } catch (Exception | Error e) {
                tally.lost(1, e.getClass().getSimpleName());
            }
        }
    }

    private void insert(List<AuditRow> rows) throws Exception {
        transactions.<Boolean>run(connection -> {
            TenantSetting.set(connection, rows.get(0).caller().tenant());
            AuditLog.insert(connection, rows);
            return true;
        });
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
