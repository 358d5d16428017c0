package dev.semel.maintenance;

import java.time.Duration;

/**
 * Recurring work on Semel's tables. {@link Maintenance} runs it on one node at a time; should two runs overlap all the same, they
 * do no harm to each other. Implementations are thread-safe.
 */
public interface MaintenanceJob {
    /** Unique among the jobs; in metrics and tables: lower-case words joined by hyphens. */
    String name();

    /** The pause between two runs. There is none after one that is {@linkplain JobResult#isUnfinished unfinished}. */
    Duration interval();

    /**
     * How long a run may take. After that it is interrupted, and another node may relieve this one even if the run does not
     * heed it. Default: an hour.
     */
    default Duration longestRun() {
        return Duration.ofHours(1);
    }

    /**
     * Does what is due, in bounded transactions, and returns early with a truthful result when the thread is interrupted.
     *
     * @throws Exception to have the run recorded as failed; the next one comes all the same
     */
    JobResult run() throws Exception;
}
