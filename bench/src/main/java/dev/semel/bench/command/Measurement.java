package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.util.List;

/** One of the measurements. */
@FunctionalInterface
interface Measurement {
    /**
     * Measures.
     *
     * @throws Exception if that is not possible at all
     */
    List<Section> sections(BenchDatabase database, Options options, Interleaving interleaving) throws Exception;
}
