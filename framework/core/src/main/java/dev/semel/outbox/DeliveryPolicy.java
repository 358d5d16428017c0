package dev.semel.outbox;

import java.time.Duration;

/**
 * What happens to a delivery that fails. Immutable.
 *
 * @param maxAttempts after this many it is parked
 * @param firstPause the longest pause after the first failure; it doubles with each further one
 * @param longestPause the cap of the pauses
 * @param onPark what becomes of the later events of its ordering key
 */
public record DeliveryPolicy(int maxAttempts, Duration firstPause, Duration longestPause, OnPark onPark) {
    /** What a parked delivery means for the later ones of its ordering key and sink. */
    public enum OnPark {
        /** They go on: the order has a gap. */
        CONTINUE,
        /** They wait until the parked one is replayed or discarded. */
        HALT_KEY
    }

    /** @throws IllegalArgumentException unless there is at least one attempt and 0 ≤ first pause ≤ longest pause */
    public DeliveryPolicy {
        if (maxAttempts < 1 || firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("a delivery policy needs an attempt and ordered pauses");
        }
    }

    /** Fifty attempts within some two and a half hours, then parked; the others go on. */
    public static DeliveryPolicy ofDefaults() {
        return new DeliveryPolicy(50, Duration.ofSeconds(1), Duration.ofMinutes(5), OnPark.CONTINUE);
    }

    /** The same with another number of attempts. */
    public DeliveryPolicy withMaxAttempts(int attempts) {
        return new DeliveryPolicy(attempts, firstPause, longestPause, onPark);
    }

    /** The same with other pauses. */
    public DeliveryPolicy withPauses(Duration first, Duration longest) {
        return new DeliveryPolicy(maxAttempts, first, longest, onPark);
    }

    /** The same with another consequence of parking. */
    public DeliveryPolicy withOnPark(OnPark consequence) {
        return new DeliveryPolicy(maxAttempts, firstPause, longestPause, consequence);
    }
}
