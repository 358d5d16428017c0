package dev.semel.bench.outbox;

import dev.semel.bench.measure.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how often each event arrives, and when first. Thread-safe. */
public final class Deliveries {
    private final AtomicIntegerArray times;
    private final AtomicLongArray inserted;
    private final AtomicLongArray delivered;
    private final CountDownLatch missing;

    /** @param events how many are expected, numbered from 0 */
    public Deliveries(int events) {
        times = new AtomicIntegerArray(events);
        inserted = new AtomicLongArray(events);
        delivered = new AtomicLongArray(events);
        missing = new CountDownLatch(events);
    }

    /** The event is about to be inserted. */
    void inserting(int number) {
        inserted.set(number, System.nanoTime());
    }

    /** The event has arrived. */
    public void delivered(int number) {
        if (times.getAndIncrement(number) == 0) {
            delivered.set(number, System.nanoTime());
            missing.countDown();
        }
    }

    /** Waits until each has arrived once, or the time is over. */
    void await(Duration limit) throws InterruptedException {
        var unused = missing.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What went wrong: lost ones and doubles. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (missing.getCount() > 0) {
            faults.add(missing.getCount() + " of " + times.length() + " events did not arrive in time");
        }
        long doubles = 0;
        for (int number = 0; number < times.length(); number++) {
            doubles += Math.max(0, times.get(number) - 1);
        }
        if (doubles > 0) {
            faults.add(doubles + " events arrived once more");
        }
        return faults;
    }

    /** From before the insert to the first arrival. */
    Latencies latencies() {
        Latencies latencies = new Latencies();
        for (int number = 0; number < times.length(); number++) {
            if (times.get(number) > 0) {
                latencies.add(delivered.get(number) - inserted.get(number));
            }
        }
        return latencies;
    }
}
