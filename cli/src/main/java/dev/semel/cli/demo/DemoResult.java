package dev.semel.cli.demo;

import dev.semel.cli.demo.verify.SampleIds;
import java.util.List;
import java.util.Optional;

/** What the phases came to, and the ids of what they created. */
record DemoResult(List<PhaseResult> phases, SampleIds ids) {

    DemoResult {
        phases = List.copyOf(phases);
    }

    List<Kill> kills() {
        return phases.stream().map(PhaseResult::kill).flatMap(Optional::stream).toList();
    }

    long slowestMillis() {
        return phases.stream()
                .mapToLong(phase -> phase.tally().slowest().toMillis())
                .max()
                .orElse(0);
    }
}
