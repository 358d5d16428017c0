package dev.semel.bench.report;

import dev.semel.bench.round.Series;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run has to say. Immutable.
 *
 * @param setting the machine, the versions, the settings and the options, by name
 * @param sections one for each workload
 */
public record Report(Map<String, String> setting, List<Section> sections) {
    /** Copies the sections. */
    public Report {
        sections = List.copyOf(sections);
    }

    /** Those sections of the reports whose titles contain one of the texts; all if there are no texts. */
    public static Report joined(List<Report> reports, List<String> titles) {
        List<Section> sections = reports.stream()
                .flatMap(report -> report.sections().stream())
                .filter(section -> titles.isEmpty() || titles.stream().anyMatch(section.title()::contains))
                .toList();
        return new Report(reports.isEmpty() ? Map.of() : reports.get(0).setting(), sections);
    }

    /** Whether every contender left the right rows in every round. */
    public boolean isSound() {
        return sections.stream()
                .flatMap(section -> section.series().stream())
                .map(Series::faults)
                .allMatch(List::isEmpty);
    }
}
