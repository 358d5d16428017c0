package dev.semel.internal.audit;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditExportException;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports and detaches months that were hot for long enough. A month that was put back for a query is left alone. */
public final class ExportJob implements MaintenanceJob {
    private static final Logger LOG = LoggerFactory.getLogger(ExportJob.class);

    private final MaintenanceTransactions maintenance;
    private final AuditArchive archive;
    private final Duration hot;

    public ExportJob(MaintenanceTransactions maintenance, AuditArchive archive, Duration hot) {
        this.maintenance = maintenance;
        this.archive = archive;
        this.hot = hot;
    }

    @Override
    public String name() {
        return "audit-export";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** A month that cannot be exported stops no other; the run has failed all the same. */
    @Override
    public JobResult run() throws Exception {
        long done = 0;
        long left = 0;
        Exception failure = null;
        for (YearMonth month : due()) {
            try {
                boolean detached = !Thread.currentThread().isInterrupted() && exportAndDetach(month);
                done += detached ? 1 : 0;
                left += detached ? 0 : 1;
            } catch (AuditExportException | SQLException e) {
                LOG.error("month {} of the audit log stays where it is: {}", month, reason(e));
                failure = first(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new JobResult(done, left);
    }

    private static Exception first(@Nullable Exception earlier, Exception failure) {
        return earlier == null ? failure : earlier;
    }

    static String reason(Exception failure) {
        return failure instanceof SQLException sql
                ? "SQLState " + sql.getSQLState()
                : String.valueOf(failure.getMessage());
    }

    private List<YearMonth> due() throws Exception {
        return maintenance.run(connection -> {
            LocalDate today = new Months(connection).today();
            Anchors anchors = new Anchors(connection);
            List<YearMonth> attached = new Months(connection)
                    .all().entrySet().stream()
                            .filter(month -> month.getValue() && isOlderThan(hot, month.getKey(), today))
                            .map(month -> month.getKey())
                            .toList();
            List<YearMonth> putBack = anchors.all().stream()
                    .filter(anchor -> anchor.state() != Anchor.State.OPEN)
                    .map(Anchor::month)
                    .toList();
            return attached.stream().filter(month -> !putBack.contains(month)).toList();
        });
    }

    static boolean isOlderThan(Duration age, YearMonth month, LocalDate today) {
        LocalDate ended = Months.date(month.plusMonths(1));
        return !ended.plusDays(age.plusDays(1).minusNanos(1).toDays()).isAfter(today);
    }

    private boolean exportAndDetach(YearMonth month) throws Exception {
        if (!isExported(month)) {
            archive.export(month);
        }
        return archive.detach(month);
    }

    /** A run before this one may have come so far; its files must still be there. */
    private boolean isExported(YearMonth month) throws Exception {
        Optional<Anchor> anchor = maintenance.run(connection -> new Anchors(connection).find(month));
        boolean noted = anchor.isPresent() && anchor.get().export() != null;
        return noted && archive.verifyExport(archive.manifest(month)).intact();
    }
}
