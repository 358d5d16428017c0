package dev.semel.bench.round;

import dev.semel.bench.measure.Measure;

/** One contender's turn at one workload. Runs again and again, each time from the same state. */
public interface Round {
    /** Whose turn. */
    Contender contender();

    /**
     * Prepares, works, measures, and looks at the rows that are left.
     *
     * @throws Exception if the contender could not work at all
     */
    Measure run() throws Exception;
}
