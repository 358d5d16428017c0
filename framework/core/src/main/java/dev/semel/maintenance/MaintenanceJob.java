package dev.semel.maintenance;

import java.time.Duration;

/** Recurring work on Semel's tables. Runs on one node at a time. Implementations are thread-safe. */
public interface MaintenanceJob {
    /** Unique among the jobs; in metrics and tables: lower-case words joined by hyphens. */
    String name();

    /** The pause between two runs. */
    Duration interval();

    /**
     * Does what is due, in bounded transactions, and returns early with a truthful result when the thread is interrupted.
     *
     * @throws Exception to have the run recorded as failed; the next one comes all the same
     */
    JobResult run() throws Exception;
}
