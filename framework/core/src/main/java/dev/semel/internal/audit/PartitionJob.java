package dev.semel.internal.audit;

import dev.semel.internal.SqlFailures;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes this month and the next two, and those that only the default partition has rows of. */
public final class PartitionJob implements MaintenanceJob {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionJob.class);
    private static final int MONTHS_AHEAD = 2;

    private final MaintenanceTransactions maintenance;

    public PartitionJob(MaintenanceTransactions maintenance) {
        this.maintenance = maintenance;
    }

    @Override
    public String name() {
        return "audit-partitions";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** A month that cannot be made keeps no other back; the run has failed all the same. */
    @Override
    public JobResult run() throws Exception {
        long made = 0;
        long left = 0;
        SQLException failure = null;
        for (Map.Entry<YearMonth, Boolean> month : wanted().descendingMap().entrySet()) {
            if (month.getValue()) {
                continue;
            }
            try {
                boolean now = !Thread.currentThread().isInterrupted() && make(month.getKey());
                made += now ? 1 : 0;
                left += now ? 0 : 1;
            } catch (SQLException e) {
                LOG.error("month {} of the audit log was not made: SQLState {}", month.getKey(), e.getSQLState());
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new JobResult(made, left);
    }

    /** Those to come are made first: the next write needs them, and a large old month may take its time. */
    private NavigableMap<YearMonth, Boolean> wanted() throws Exception {
        return maintenance.run(connection -> {
            Months months = new Months(connection);
            NavigableMap<YearMonth, Boolean> wanted = new TreeMap<>(months.all());
            YearMonth now = YearMonth.from(months.today());
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                wanted.putIfAbsent(now.plusMonths(ahead), false);
            }
            return wanted;
        });
    }

    /** False if a reader is in the way, or the month is closed: its late rows stay in the default partition. */
    private boolean make(YearMonth month) throws Exception {
        try {
            return maintenance.run(connection -> {
                new Months(connection).make(month);
                return true;
            });
        } catch (SQLException e) {
            if (SqlFailures.isLockTimeout(e) || Months.isRefusal(e)) {
                LOG.warn("month {} of the audit log was not made: {}", month, e.getSQLState());
                return false;
            }
            throw e;
        }
    }
}
