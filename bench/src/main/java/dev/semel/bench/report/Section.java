package dev.semel.bench.report;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Series;
import java.util.List;

/**
 * One workload and how everybody did. Immutable.
 *
 * @param title what was done
 * @param unit of the compared figure
 * @param series the contenders; the first is the base that the others are compared with
 */
public record Section(String title, String unit, List<Series> series) {
    /** Copies the series. */
    public Section {
        series = List.copyOf(series);
    }

    /** Whether a large figure is a good one: so many a second, and not so many milliseconds. */
    public boolean moreIsBetter() {
        return unit.endsWith("/s");
    }

    /** A contender's figure. */
    public Spread value(Series of) {
        return Spread.of(values(of));
    }

    /** A contender's figure divided by the base's, round by round. */
    public Spread ratio(Series of) {
        return Spread.ofRatios(values(of), values(series.get(0)));
    }

    private static List<Double> values(Series of) {
        return of.measures().stream().map(Measure::value).toList();
    }

    /** The names of all details that any contender has, in their order. */
    public List<String> detailNames() {
        return series.stream()
                .flatMap(one -> one.measures().stream())
                .flatMap(measure -> measure.details().keySet().stream())
                .distinct()
                .toList();
    }

    /** A detail of a contender; NaN if it has none. */
    public Spread detail(Series of, String name) {
        return Spread.of(of.measures().stream()
                .filter(measure -> measure.details().containsKey(name))
                .map(measure -> measure.details().getOrDefault(name, Double.NaN))
                .toList());
    }
}
