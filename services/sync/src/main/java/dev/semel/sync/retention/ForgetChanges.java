package dev.semel.sync.retention;

import dev.semel.Transactions;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.sync.retention.ForgettingTable.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.dao.DataAccessException;

/**
 * Forgets what is older than the retention of main's log, scope by scope: deletions, and states that later ones have taken the place of.
 * Each batch raises the floor in its own transaction, as far as it has come and no further: a client whose cursor is below it is told so,
 * and every other one finds all that it has not seen. Thread-safe.
 */
public final class ForgetChanges implements MaintenanceJob {
    /** How long a deletion and an earlier state can be seen at least. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** More than one change can have, so that every batch gets on. */
    private static final int BATCH = 2_000;

    private static final int SCOPES = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final String LOCK_TIMEOUT = "55P03";

    private final Transactions transactions;
    private final Callable<List<String>> tenants;
    private final ForgettingTable table;
    private final int batch;

    /**
     * @param transactions of the application's role
     * @param tenants all that have scopes
     */
    public ForgetChanges(Transactions transactions, Callable<List<String>> tenants, ForgettingTable table) {
        this(transactions, tenants, table, BATCH);
    }

    ForgetChanges(Transactions transactions, Callable<List<String>> tenants, ForgettingTable table, int batch) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.table = table;
        this.batch = batch;
    }

    @Override
    public String name() {
        return "forget-changes";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    /** Counts rows that are gone, and scopes that are left for the next run. */
    @Override
    public JobResult run() throws Exception {
        long done = 0;
        long left = 0;
        for (String tenant : tenants.call()) {
            String after = "";
            List<String> due = due(tenant, after);
            while (!due.isEmpty()) {
                for (String scope : due) {
                    JobResult result = forget(tenant, scope);
                    done += result.done();
                    left += result.eligible();
                }
                after = due.get(due.size() - 1);
                due = due(tenant, after);
            }
        }
        return new JobResult(done, left);
    }

    private List<String> due(String tenant, String after) throws Exception {
        return transactions.run(tenant, connection -> table.due(tenant, after, RETENTION, SCOPES));
    }

    private JobResult forget(String tenant, String scope) throws Exception {
        long done = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Optional<Long> rows;
            try {
                rows = transactions.run(tenant, connection -> batch(tenant, scope));
            } catch (DataAccessException e) {
                if (isLockTimeout(e)) {
                    return new JobResult(done, 1);
                }
                throw e;
            }
            if (rows.isEmpty()) {
                return new JobResult(done, 0);
            }
            done += rows.get();
        }
        return new JobResult(done, 1);
    }

    /** Empty if there is nothing left that is so old, or somebody else is at it. */
    private Optional<Long> batch(String tenant, String scope) {
        table.limitWaits(LONGEST_WAIT);
        Optional<Step> step = table.step(tenant, scope, RETENTION, batch);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        return table.raise(tenant, scope, step.get())
                ? Optional.of(table.forget(tenant, scope, step.get()))
                : Optional.empty();
    }

    private static boolean isLockTimeout(DataAccessException failure) {
        return failure.getCause() instanceof SQLException cause && LOCK_TIMEOUT.equals(cause.getSQLState());
    }
}
