package dev.semel.bench.measure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

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
     * @param cpuNanos of the callers' threads meanwhile, together
     * @param counted by how much the given counters rose meanwhile, by name
     * @param acknowledged how many calls in all said that there is something new
     * @param failures how calls failed; empty if none did
     */
    public record Result(
            Latencies latencies,
            double seconds,
            long cpuNanos,
            Map<String, Double> counted,
            long acknowledged,
            List<String> failures) {
        /** Copies counts and failures. */
        public Result {
            counted = Map.copyOf(counted);
            failures = List.copyOf(failures);
        }

        /** How many calls ended in a second. */
        public double perSecond() {
            return latencies.size() / seconds;
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
     * @param counters are read at the beginning and at the end of the measured time
     */
    public Result run(Duration warmUp, Duration time, Map<String, DoubleSupplier> counters)
            throws InterruptedException {
        List<Caller> asking = Stream.generate(Caller::new).limit(callers).toList();
        List<Thread> threads = asking.stream()
                .map(caller -> new Thread(() -> caller.run(() -> stopped, () -> measuring, this::succeeds), "caller"))
                .toList();
        threads.forEach(Thread::start);
        Thread.sleep(warmUp.toMillis());
        Map<String, Double> before = read(counters);
        long start = System.nanoTime();
        measuring = true;
        Thread.sleep(time.toMillis());
        measuring = false;
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> counted = read(counters);
        before.forEach((name, figure) -> counted.merge(name, -figure, Double::sum));
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(
                Latencies.merged(asking.stream().map(Caller::latencies).toList()),
                seconds,
                asking.stream().mapToLong(Caller::cpuNanos).sum(),
                counted,
                acknowledged.get(),
                shownFailures());
    }

    private static Map<String, Double> read(Map<String, DoubleSupplier> counters) {
        Map<String, Double> figures = new HashMap<>();
        counters.forEach((name, counter) -> figures.put(name, counter.getAsDouble()));
        return figures;
    }

    private boolean succeeds() {
        try {
            if (task.run(numbers.getAndIncrement())) {
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
