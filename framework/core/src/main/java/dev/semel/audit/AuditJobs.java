package dev.semel.audit;

import dev.semel.PayloadCodec;
import dev.semel.internal.audit.CleanupJob;
import dev.semel.internal.audit.ExportJob;
import dev.semel.internal.audit.PartitionJob;
import dev.semel.internal.audit.SealJob;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The audit log's recurring work. */
public final class AuditJobs {
    private AuditJobs() {}

    /**
     * Makes months ahead ({@code audit-partitions}, hourly) and seals rows ({@code audit-seal}, each minute); with an archive
     * folder also exports and detaches old months ({@code audit-export}, hourly) and removes those that were kept long enough
     * ({@code audit-cleanup}, hourly).
     *
     * @param codec writes the exports
     */
    public static List<MaintenanceJob> of(MaintenanceTransactions maintenance, PayloadCodec codec, AuditConfig config) {
        List<MaintenanceJob> jobs = new ArrayList<>();
        jobs.add(new PartitionJob(maintenance));
        jobs.add(new SealJob(maintenance, config.segmentRows(), config.rowsPerRun()));
        if (config.archiveFolder().isPresent()) {
            Path folder = config.archiveFolder().get();
            AuditArchive archive = AuditArchive.of(maintenance, codec, folder);
            jobs.add(new ExportJob(maintenance, archive, config.hot()));
            jobs.add(new CleanupJob(maintenance, archive, config.kept(), config.removeFiles()));
        }
        return List.copyOf(jobs);
    }
}
