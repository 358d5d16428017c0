package dev.semel.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** Some callers, each in a thread of its own, each asking again as soon as it has its answer. Used once. */
public final class ClosedLoop {
    private static final int SHOWN_FAILURES = 3;

    private final int callers;
    private final Task task;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private volatile boolean measuring;
    private volatile boolean stopped;

    /** What is done again and again. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does it.
         *
         * @param number from 0, each one once
         * @return whether there is something new to be found in the database now
         * @throws Exception if it failed
         */
        boolean run(long number) throws Exception;
    }

    /**
     * What came out.
     *
     * @param latencies of the calls that ended within the measured time
     * @param seconds that were measured
     * @param counted by how much the given counter rose meanwhile
     * @param acknowledged how many calls in all said that there is something new
     * @param failures how calls failed; empty if none did
     */
    public record Result(
            Latencies latencies, double seconds, double counted, long acknowledged, List<String> failures) {
        /** Copies the failures. */
        public Result {
            failures = List.copyOf(failures);
        }
    }

    /** Prepares a loop. */
    public ClosedLoop(int callers, Task task) {
        this.callers = callers;
        this.task = task;
    }

    /**
     * Runs it to its end; no call is cut off.
     *
     * @param counter is read at the beginning and at the end of the measured time
     */
    public Result run(Duration warmUp, Duration time, DoubleSupplier counter) throws InterruptedException {
        List<Latencies> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Latencies own = new Latencies();
            latencies.add(own);
            threads.add(new Thread(() -> loop(own), "caller-" + i));
        }
        threads.forEach(Thread::start);
        Thread.sleep(warmUp.toMillis());
        double countedBefore = counter.getAsDouble();
        long start = System.nanoTime();
        measuring = true;
        Thread.sleep(time.toMillis());
        measuring = false;
        double seconds = (System.nanoTime() - start) / 1e9;
        double counted = counter.getAsDouble() - countedBefore;
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(Latencies.merged(latencies), seconds, counted, acknowledged.get(), shownFailures());
    }

    private void loop(Latencies own) {
        while (!stopped) {
            long start = System.nanoTime();
            if (succeeds(numbers.getAndIncrement()) && measuring) {
                own.add(System.nanoTime() - start);
            }
        }
    }

    private boolean succeeds(long number) {
        try {
            if (task.run(number)) {
                acknowledged.incrementAndGet();
            }
            return true;
        } catch (Exception e) {
            failures.computeIfAbsent(e.toString(), text -> new AtomicLong()).incrementAndGet();
            return false;
        }
    }

    private List<String> shownFailures() {
        return failures.entrySet().stream()
                .limit(SHOWN_FAILURES)
                .map(failure -> failure.getValue() + " calls failed: " + failure.getKey())
                .toList();
    }
}
