package dev.semel.bench.measure;

import java.util.Arrays;
import java.util.List;

/** Durations that one thread collects. Not thread-safe; merged when all threads are done. */
public final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    /** Adds one. */
    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** All durations of several threads. */
    public static Latencies merged(List<Latencies> parts) {
        Latencies all = new Latencies();
        all.nanos =
                new long[Math.max(1, parts.stream().mapToInt(Latencies::size).sum())];
        for (Latencies part : parts) {
            System.arraycopy(part.nanos, 0, all.nanos, all.size, part.size);
            all.size += part.size;
        }
        return all;
    }

    /**
     * The duration that the given share of them does not exceed, in milliseconds.
     *
     * @param share between 0 and 1; 0.99 for the 99th percentile
     * @return NaN if there is none
     */
    public double percentileMillis(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * size);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
