package dev.semel.outbox;

import java.time.Duration;

/**
 * When a sink outside the database counts as down. While it does, its deliveries wait without an attempt being counted, and now
 * and then one of them tries whether it is up again. Immutable.
 *
 * @param failures so many different events failed, and none was taken
 * @param patience at least so long; a sink that takes one of many events is not down
 * @param firstPause the longest pause before the first try; it doubles with each further one
 * @param longestPause the cap of the pauses
 */
public record OutagePolicy(int failures, Duration patience, Duration firstPause, Duration longestPause) {
    /** @throws IllegalArgumentException unless failures is positive and 0 ≤ patience and 0 ≤ first pause ≤ longest pause */
    public OutagePolicy {
        if (failures < 1
                || patience.isNegative()
                || firstPause.isNegative()
                || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("an outage policy needs a failure, patience and ordered pauses");
        }
    }

    /** Five events within ten seconds without a success; then a try after a second at first, and at least each thirty seconds. */
    public static OutagePolicy ofDefaults() {
        return new OutagePolicy(5, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
}
