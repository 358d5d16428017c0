package dev.semel.bench.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How events come in. Immutable.
 *
 * @param events how many
 * @param together how many share a transaction
 * @param perSecond how many a second; 0 for as many as get in
 */
public record Pace(int events, int together, int perSecond) {
    private static final int TOGETHER = 100;

    /** As fast as they get in, a hundred in each transaction. */
    public static Pace flood(int events) {
        return new Pace(events, TOGETHER, 0);
    }

    /** One by one at a steady rate. */
    public static Pace steady(int perSecond, Duration time) {
        return new Pace((int) (perSecond * time.toMillis() / 1_000), 1, perSecond);
    }

    boolean isSteady() {
        return perSecond > 0;
    }

    void insert(OutboxSession session, Deliveries deliveries) throws Exception {
        long start = System.nanoTime();
        for (int first = 0; first < events; first += together) {
            if (isSteady()) {
                awaitTurn(start + TimeUnit.SECONDS.toNanos(first) / perSecond);
            }
            int count = Math.min(together, events - first);
            for (int number = first; number < first + count; number++) {
                deliveries.inserting(number);
            }
            session.enqueue(first, count);
        }
    }

    private static void awaitTurn(long turn) {
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
