package dev.semel.internal.maintenance;

import dev.semel.maintenance.MaintenanceTransactions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's claim of a job, kept while the job runs. The job's thread is interrupted when the claim is lost, or when the job's
 * time is over: it is not kept any longer then, so that a job that hangs is relieved by another node.
 */
final class Claim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    private final MaintenanceTransactions transactions;
    private final JobRows.Run run;
    private final Duration length;
    private final Thread runner = Thread.currentThread();
    private final long startedNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> keeping; // guarded by this
    private boolean ended; // guarded by this
    private boolean interrupted; // guarded by this

    private Claim(MaintenanceTransactions transactions, JobRows.Run run, Duration length) {
        this.transactions = transactions;
        this.run = run;
        this.length = length;
    }

    /** Of a job that the calling thread is going to run. */
    static Claim keep(
            MaintenanceTransactions transactions, JobRows.Run run, Duration length, ScheduledExecutorService keepers) {
        Claim claim = new Claim(transactions, run, length);
        claim.keepWith(keepers);
        return claim;
    }

    private synchronized void keepWith(ScheduledExecutorService keepers) {
        long third = length.toMillis() / 3;
        keeping = keepers.scheduleWithFixedDelay(this::keepOnce, third, third, TimeUnit.MILLISECONDS);
    }

    private void keepOnce() {
        if (System.nanoTime() - startedNanos > run.job().longestRun().toNanos()) {
            stop("takes too long");
        } else if (!isKept()) {
            stop("is another node's now");
        }
    }

    /** What cannot be asked is taken for kept: the database decides at the job's end. */
    private boolean isKept() {
        try {
            return transactions.run(connection -> JobRows.keep(connection, run, length)) == 1;
        } catch (Exception e) {
            LOG.warn(
                    "the claim of the job {} was not kept: {}",
                    run.job().name(),
                    e.getClass().getSimpleName());
            return true;
        }
    }

    private synchronized void stop(String reason) {
        cancel();
        if (!ended) {
            LOG.warn("the job {} {} and is interrupted", run.job().name(), reason);
            interrupted = true;
            runner.interrupt();
        }
    }

    private void cancel() {
        if (keeping != null) {
            keeping.cancel(false);
        }
    }

    /** The job has ended. An interrupt that was meant for it does not outlive it. */
    @Override
    public synchronized void close() {
        ended = true;
        cancel();
        if (interrupted) {
            var unused = Thread.interrupted();
        }
    }
}
