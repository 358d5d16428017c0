package dev.semel.internal.audit;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditExportException;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes detached months that were kept for long enough, and their files if that is wanted. */
public final class CleanupJob implements MaintenanceJob {
    private static final Logger LOG = LoggerFactory.getLogger(CleanupJob.class);

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

    /** A month that cannot be removed stops no other; the run has failed all the same. */
    @Override
    public JobResult run() throws Exception {
        long done = 0;
        List<YearMonth> due = due();
        Exception failure = null;
        for (YearMonth month : due) {
            try {
                done += !Thread.currentThread().isInterrupted() && drop(month) ? 1 : 0;
            } catch (AuditExportException | SQLException e) {
                LOG.error("month {} of the audit log is not removed: {}", month, ExportJob.reason(e));
                failure = failure == null ? e : failure;
            }
        }
        if (removeFiles) {
            removeFiles();
        }
        if (failure != null) {
            throw failure;
        }
        return new JobResult(done, due.size() - done);
    }

    /** Another node may have the files: what is not seen here is not removed here. */
    private boolean drop(YearMonth month) throws Exception {
        if (!Files.exists(archive.manifest(month))) {
            LOG.warn(
                    "month {} of the audit log was kept for long enough, but its export is not in this node's archive"
                            + " folder: have all nodes share one, or bring the files here",
                    month);
            return false;
        }
        archive.drop(month);
        return true;
    }

    /** Also of months whose files an earlier run was removing when it died, whether or not it had noted it. */
    private void removeFiles() throws Exception {
        List<YearMonth> dropped = maintenance.run(connection -> new Anchors(connection)
                .droppedAfterExport().stream().map(Anchor::month).toList());
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
