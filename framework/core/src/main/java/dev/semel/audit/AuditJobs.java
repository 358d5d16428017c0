package dev.semel.audit;

import dev.semel.PayloadCodec;
import dev.semel.internal.audit.CleanupJob;
import dev.semel.internal.audit.ExportJob;
import dev.semel.internal.audit.PartitionJob;
import dev.semel.internal.audit.SealJob;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.util.ArrayList;
import java.util.List;

/** The audit log's recurring work. */
public final class AuditJobs {
    private AuditJobs() {}

    /**
     * All jobs that the configuration asks for; without an archive folder nothing is exported and nothing removed.
     *
     * @param codec writes the exports
     */
    public static List<MaintenanceJob> of(MaintenanceTransactions maintenance, PayloadCodec codec, AuditConfig config) {
        List<MaintenanceJob> jobs = new ArrayList<>(List.of(partitions(maintenance), seal(maintenance, config)));
        if (config.archiveFolder().isPresent()) {
            AuditArchive archive =
                    AuditArchive.of(maintenance, codec, config.archiveFolder().get());
            jobs.add(export(maintenance, archive, config));
            jobs.add(cleanup(maintenance, archive, config));
        }
        return List.copyOf(jobs);
    }

    /**
     * {@code audit-partitions}, hourly: makes this month's partition and the next two, and those of months that have rows without
     * one.
     */
    public static MaintenanceJob partitions(MaintenanceTransactions maintenance) {
        return new PartitionJob(maintenance);
    }

    /** {@code audit-seal}, each minute: seals the rows that no open transaction can precede any more. */
    public static MaintenanceJob seal(MaintenanceTransactions maintenance, AuditConfig config) {
        return new SealJob(maintenance, config.segmentRows(), config.rowsPerRun());
    }

    /** {@code audit-export}, hourly: exports months that were hot for long enough, and detaches them. */
    public static MaintenanceJob export(MaintenanceTransactions maintenance, AuditArchive archive, AuditConfig config) {
        return new ExportJob(maintenance, archive, config.hot());
    }

    /** {@code audit-cleanup}, hourly: removes detached months that were kept for long enough. */
    public static MaintenanceJob cleanup(
            MaintenanceTransactions maintenance, AuditArchive archive, AuditConfig config) {
        return new CleanupJob(maintenance, archive, config.kept(), config.removeFiles());
    }
}
