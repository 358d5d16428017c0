package dev.semel.internal.audit;

import dev.semel.audit.AuditArchive;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** Removes detached months that were kept for long enough, and their files if that is wanted. */
public final class CleanupJob implements MaintenanceJob {
    private final MaintenanceTransactions maintenance;
    private final AuditArchive archive;
    private final Duration kept;
    private final boolean removeFiles;

    public CleanupJob(MaintenanceTransactions maintenance, AuditArchive archive, Duration kept, boolean removeFiles) {
        this.maintenance = maintenance;
        this.archive = archive;
        this.kept = kept;
        this.removeFiles = removeFiles;
    }

    @Override
    public String name() {
        return "audit-cleanup";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public JobResult run() throws Exception {
        long done = 0;
        List<YearMonth> due = due();
        for (YearMonth month : due) {
            if (!Thread.currentThread().isInterrupted()) {
                archive.drop(month);
                done++;
            }
        }
        if (removeFiles) {
            removeFiles();
        }
        return new JobResult(done, due.size() - done);
    }

    /** Also of months that an earlier run dropped before it died. */
    private void removeFiles() throws Exception {
        List<YearMonth> dropped = maintenance.run(connection -> new Anchors(connection)
                .droppedWithFiles().stream().map(Anchor::month).toList());
        for (YearMonth month : dropped) {
            archive.removeFiles(month);
        }
    }

    private List<YearMonth> due() throws Exception {
        return maintenance.run(connection -> {
            LocalDate today = new Months(connection).today();
            return new Anchors(connection)
                    .all().stream()
                            .filter(anchor -> anchor.state() == Anchor.State.DETACHED && anchor.export() != null)
                            .map(Anchor::month)
                            .filter(month -> ExportJob.isOlderThan(kept, month, today))
                            .toList();
        });
    }
}
