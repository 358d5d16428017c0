package dev.semel.internal.audit;

import dev.semel.internal.SqlFailures;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this month and the next two, and those that only the default partition has rows of: one by one if these are few, else in a
 * move of its own.
 */
public final class PartitionJob implements MaintenanceJob {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionJob.class);
    private static final int MONTHS_AHEAD = 2;

    private final MaintenanceTransactions maintenance;
    private final DefaultMove move;

    public PartitionJob(MaintenanceTransactions maintenance) {
        this.maintenance = maintenance;
        this.move = new DefaultMove(maintenance);
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
    public synchronized JobResult run() throws Exception {
        List<SQLException> failures = new ArrayList<>();
        attempt("what an earlier move has left was not removed", failures, move::tidy);
        long missing = missing().size();
        if (missing > 0) {
            attempt("the rows of the default partition were not moved", failures, move::run);
        }
        for (YearMonth month : missing()) {
            if (!Thread.currentThread().isInterrupted()) {
                attempt("month " + month + " was not made", failures, () -> make(month));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        long left = missing().size();
        return new JobResult(Math.max(0, missing - left), left);
    }

    /** A part of the run. */
    @FunctionalInterface
    private interface Part {
        void run() throws Exception;
    }

    private static void attempt(String trouble, List<SQLException> failures, Part part) throws Exception {
        try {
            part.run();
        } catch (SQLException e) {
            if (SqlFailures.isLockTimeout(e)) { // somebody is in the way: the next run will do
                LOG.warn("audit log: {}: SQLState {}", trouble, e.getSQLState());
            } else {
                LOG.error("audit log: {}: SQLState {}", trouble, e.getSQLState());
                failures.add(e);
            }
        }
    }

    /** Those to come are made first: the next write needs them. */
    private Collection<YearMonth> missing() throws Exception {
        return maintenance.run(connection -> {
            Months months = new Months(connection);
            NavigableMap<YearMonth, Boolean> wanted = new TreeMap<>(months.all());
            YearMonth now = YearMonth.from(months.today());
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                wanted.putIfAbsent(now.plusMonths(ahead), false);
            }
            wanted.values().removeIf(made -> made);
            return wanted.descendingKeySet();
        });
    }

    /** Not if the month is closed: its late rows stay in the default partition. */
    private void make(YearMonth month) throws Exception {
        try {
            maintenance.run(connection -> new Months(connection).make(month));
        } catch (SQLException e) {
            if (!Months.isRefusal(e)) {
                throw e;
            }
            LOG.warn("month {} of the audit log was not made: {}", month, e.getSQLState());
        }
    }
}
