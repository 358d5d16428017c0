package dev.semel.bench.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one round gave. Immutable.
 *
 * @param value the figure that is compared: calls per second, milliseconds
 * @param details further figures by name, in the order in which they are shown
 * @param faults what is wrong with the rows that are left, or with the round; a measure with faults proves nothing
 */
public record Measure(double value, Map<String, Double> details, List<String> faults) {
    /** Copies; keeps the details' order. */
    public Measure {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        faults = List.copyOf(faults);
    }

    /** A round that did not get to its end. */
    public static Measure failed(String why) {
        return new Measure(0, Map.of(), List.of(why));
    }

    /** The same with one more detail. */
    public Measure with(String name, double figure) {
        Map<String, Double> more = new LinkedHashMap<>(details);
        more.put(name, figure);
        return new Measure(value, more, faults);
    }
}
