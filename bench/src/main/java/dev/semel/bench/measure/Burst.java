package dev.semel.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/** The same call by many threads that wait at one gate. */
public final class Burst {
    private static final int GAUGE_PAUSE_MILLIS = 2;

    private Burst() {}

    /**
     * What came out.
     *
     * @param millis from the opening of the gate to the last answer
     * @param peak the most that the gauge showed meanwhile
     * @param faults failures, and a note if not all answers were equal
     */
    public record Result(double millis, double peak, List<String> faults) {
        /** Copies the faults. */
        public Result {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Runs the call in so many threads at once.
     *
     * @param gauge is read again and again until the last answer is there
     */
    public static Result run(int callers, Callable<?> call, DoubleSupplier gauge) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(callers);
        Set<String> answers = ConcurrentHashMap.newKeySet();
        Set<String> failures = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < callers; i++) {
            new Thread(
                            () -> {
                                ready.countDown();
                                try {
                                    gate.await();
                                    answers.add(Objects.toString(call.call()));
                                } catch (Exception e) {
                                    failures.add("a call failed: " + e);
                                } finally {
                                    done.countDown();
                                }
                            },
                            "burst-" + i)
                    .start();
        }
        ready.await();
        AtomicReference<Double> peak = new AtomicReference<>(0.0);
        Thread watch = new Thread(() -> watch(done, gauge, peak), "burst-gauge");
        watch.start();
        long start = System.nanoTime();
        gate.countDown();
        done.await();
        double millis = (System.nanoTime() - start) / 1e6;
        watch.join();
        List<String> faults = new ArrayList<>(failures);
        if (answers.size() > 1) {
            faults.add("identical calls had " + answers.size() + " different answers");
        }
        return new Result(millis, peak.get(), faults);
    }

    private static void watch(CountDownLatch done, DoubleSupplier gauge, AtomicReference<Double> peak) {
        try {
            do {
                peak.accumulateAndGet(gauge.getAsDouble(), Math::max);
            } while (!done.await(GAUGE_PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
