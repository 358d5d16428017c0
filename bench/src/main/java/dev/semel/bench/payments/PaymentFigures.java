package dev.semel.bench.payments;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.measure.ClosedLoop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What is shown of a round of payments beside their number. */
public final class PaymentFigures {
    private static final String WAL = "WAL";
    private static final String SERVER = "server";

    private PaymentFigures() {}

    /** What must be counted while it is measured. */
    public static Map<String, DoubleSupplier> counters(BenchDatabase database) {
        return Map.of(WAL, database::walBytes, SERVER, database::cpuSeconds);
    }

    /**
     * Durations first, costs for each call last.
     *
     * @param result of a loop with the {@link #counters}
     * @param between what stands between these
     */
    public static Map<String, Double> of(ClosedLoop.Result result, Map<String, Double> between) {
        long calls = Math.max(1, result.latencies().size());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50 ms", result.latencies().percentileMillis(0.5));
        figures.put("p99 ms", result.latencies().percentileMillis(0.99));
        figures.putAll(between);
        figures.put("client µs", result.cpuNanos() / 1e3 / calls);
        figures.put("server µs", result.counted().getOrDefault(SERVER, 0.0) * 1e6 / calls);
        figures.put("WAL bytes", result.counted().getOrDefault(WAL, 0.0) / calls);
        return figures;
    }
}
