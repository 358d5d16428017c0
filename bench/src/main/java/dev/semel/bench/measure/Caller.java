package dev.semel.bench.measure;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/** One caller of a {@link ClosedLoop}: its durations and the processor time that its thread took. Belongs to its thread until that ends. */
final class Caller {
    private static final long NOT_YET = -1;

    private final Latencies latencies = new Latencies();
    private long cpuAtBegin = NOT_YET;
    private long cpuNanos = NOT_YET;

    /** Asks until it is told to stop. */
    void run(BooleanSupplier stopped, BooleanSupplier measuring, BooleanSupplier call) {
        while (!stopped.getAsBoolean()) {
            note(measuring.getAsBoolean());
            long start = System.nanoTime();
            if (call.getAsBoolean() && measuring.getAsBoolean()) {
                latencies.add(System.nanoTime() - start);
            }
        }
        note(false);
    }

    private void note(boolean measuring) {
        if (measuring && cpuAtBegin == NOT_YET) {
            cpuAtBegin = cpuTime();
        }
        if (!measuring && cpuAtBegin != NOT_YET && cpuNanos == NOT_YET) {
            cpuNanos = cpuTime() - cpuAtBegin;
        }
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    Latencies latencies() {
        return latencies;
    }

    /** What its thread took of a processor while it was measured. */
    long cpuNanos() {
        return Math.max(0, cpuNanos);
    }
}
