package dev.semel.bench.round;

import dev.semel.bench.measure.Measure;
import java.util.List;

/**
 * A contender's measures, one per interleaved round. Immutable.
 *
 * @param contender whose
 * @param measures in the order of the rounds
 */
public record Series(Contender contender, List<Measure> measures) {
    /** Copies the measures. */
    public Series {
        measures = List.copyOf(measures);
    }

    /** What went wrong in any round; empty if every row was right. */
    public List<String> faults() {
        return measures.stream()
                .flatMap(measure -> measure.faults().stream())
                .distinct()
                .toList();
    }
}
