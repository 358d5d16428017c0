package dev.semel.internal.maintenance;

import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.JobStatus;
import dev.semel.maintenance.Maintenance;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims jobs in {@code semel.maintenance_jobs} and keeps the claim while they run. */
public final class DatabaseMaintenance implements Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMaintenance.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,7}");
    private static final long SECONDS_TO_STOP = 10;

    private final MaintenanceTransactions transactions;
    private final Map<String, MaintenanceJob> jobs = new LinkedHashMap<>();
    private final Duration pollInterval;
    private final Duration claimLength;
    private final ScheduledExecutorService runners;
    private final ScheduledExecutorService keepers;
    private volatile List<JobStatus> status = List.of();

    public DatabaseMaintenance(
            MaintenanceTransactions transactions,
            List<MaintenanceJob> jobs,
            Duration pollInterval,
            Duration claimLength) {
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException("the poll interval must be positive");
        }
        this.transactions = transactions;
        this.pollInterval = pollInterval;
        this.claimLength = claimLength;
        jobs.forEach(this::add);
        runners = threads("semel-maintenance-", 2);
        keepers = threads("semel-maintenance-claims-", 1);
    }

    private void add(MaintenanceJob job) {
        if (!NAME.matcher(job.name()).matches() || job.interval().toMillis() < 1) {
            throw new IllegalArgumentException("a job needs a name that matches " + NAME + " and a positive interval");
        }
        if (jobs.putIfAbsent(job.name(), job) != null) {
            throw new IllegalArgumentException("two jobs are called " + job.name());
        }
    }

    private static ScheduledExecutorService threads(String prefix, int number) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newScheduledThreadPool(number, work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start() {
        jobs.values().forEach(job -> repeat(runners, () -> runIfDue(job)));
        repeat(keepers, this::readStatus);
    }

    private void repeat(ScheduledExecutorService threads, Runnable work) {
        var unused = threads.scheduleWithFixedDelay(work, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runIfDue(MaintenanceJob job) {
        try {
            Optional<JobResult> result = run(job, false);
            if (result.filter(JobResult::isUnfinished).isPresent() && !runners.isShutdown()) {
                runners.execute(() -> runIfDue(job)); // behind the other jobs that are due
            }
        } catch (Exception | Error e) {
            LOG.warn("the job {} failed: {}", job.name(), e.getClass().getSimpleName());
        }
    }

    private void readStatus() {
        try {
            List<String> names = List.copyOf(jobs.keySet());
            status = transactions.run(connection -> JobRows.status(connection, names));
        } catch (Exception e) {
            LOG.debug("the jobs' status was not read: {}", e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<JobResult> runNow(String jobName) throws Exception {
        MaintenanceJob job = jobs.get(jobName);
        if (job == null) {
            throw new IllegalArgumentException("no job " + jobName + "; there are " + jobs.keySet());
        }
        try {
            return run(job, true);
        } finally {
            readStatus();
        }
    }

    private Optional<JobResult> run(MaintenanceJob job, boolean asked) throws Exception {
        JobRows.Run run = new JobRows.Run(job, UUID.randomUUID());
        if (!transactions.run(connection -> JobRows.claim(connection, run, claimLength, asked))) {
            return Optional.empty();
        }
        try {
            JobResult result = runClaimed(run);
            transactions.run(connection -> JobRows.succeed(connection, run, result));
            return Optional.of(result);
        } catch (Exception | Error failure) {
            recordFailure(run, failure);
            throw failure;
        }
    }

    private JobResult runClaimed(JobRows.Run run) throws Exception {
        try (Claim claim = Claim.keep(transactions, run, claimLength, keepers)) {
            return run.job().run();
        }
    }

    private void recordFailure(JobRows.Run run, Throwable failure) {
        try {
            String error = failure.getClass().getSimpleName();
            transactions.run(connection -> JobRows.fail(connection, run, error));
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public List<JobStatus> status() {
        return status;
    }

    @Override
    public void close() {
        runners.shutdownNow();
        try {
            if (!runners.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("a job did not stop in time; another node may relieve it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keepers.shutdownNow();
    }
}
