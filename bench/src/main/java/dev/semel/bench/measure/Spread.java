package dev.semel.bench.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A median with the least and the most: of few rounds a deviation says little. Immutable.
 *
 * @param median the middle value, of an even number the mean of the middle two; NaN if there is none
 */
public record Spread(double median, double least, double most) {
    /** Of any number of values. */
    public static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * Of the quotients of what was measured in the same round: noise that lasts longer than a round cancels.
     *
     * @param values of one contender by round
     * @param base of the other, in the same rounds; further ones of either are left out
     */
    public static Spread ofRatios(List<Double> values, List<Double> base) {
        return of(IntStream.range(0, Math.min(values.size(), base.size()))
                .mapToObj(round -> values.get(round) / base.get(round))
                .toList());
    }
}
