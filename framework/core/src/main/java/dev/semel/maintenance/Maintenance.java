package dev.semel.maintenance;

import dev.semel.internal.maintenance.DatabaseMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs recurring jobs, each on one node at a time, and records what became of them in {@code semel.maintenance_jobs}.
 * Thread-safe. Any number of nodes may run one; a node that dies in a job is relieved after half a minute.
 */
public interface Maintenance extends AutoCloseable {
    /** Starts the configuration. */
    static Builder builder(MaintenanceTransactions transactions) {
        return new Builder(transactions);
    }

    /** Runs jobs when they are due, in threads of its own. */
    void start();

    /**
     * Runs a job now, in the calling thread: for tests and for operators.
     *
     * @return empty if another node is at it
     * @throws IllegalArgumentException if there is no such job
     * @throws Exception what the job or the database threw
     */
    Optional<JobResult> runNow(String jobName) throws Exception;

    /** What is known of each job, as last read from the database; empty before the first time. Cheap. */
    List<JobStatus> status();

    /** Interrupts what runs, and waits for it, at most ten seconds. */
    @Override
    void close();

    /** Collects the configuration. Not thread-safe. */
    final class Builder {
        private static final Duration CLAIM = Duration.ofSeconds(30);

        private final MaintenanceTransactions transactions;
        private final List<MaintenanceJob> jobs = new ArrayList<>();
        private Duration pollInterval = Duration.ofSeconds(10);

        private Builder(MaintenanceTransactions transactions) {
            this.transactions = transactions;
        }

        /** Adds a job. */
        public Builder job(MaintenanceJob job) {
            jobs.add(job);
            return this;
        }

        /** How often it is looked for jobs that are due. Default: ten seconds. Costs one small statement for each job. */
        public Builder pollInterval(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /**
         * The runner, not started yet.
         *
         * @throws IllegalArgumentException if two jobs share a name, or one is malformed, or an interval is not positive
         */
        public Maintenance build() {
            return new DatabaseMaintenance(transactions, jobs, pollInterval, CLAIM);
        }
    }
}
