package dev.semel.bench.report;

import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as lines of text: a table for each workload, in Markdown, so that it can be pasted into a page. */
public final class TextReport {
    private TextReport() {}

    /** All of it. */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        report.setting().forEach((name, value) -> lines.add("- " + name + ": " + value));
        report.sections().forEach(section -> lines.addAll(section(section)));
        lines.add("");
        promises(report).forEach((name, promise) -> lines.add("- **" + name + "**: " + promise));
        if (!report.isSound()) {
            lines.add("");
            lines.add("FAILED: a contender left wrong rows or did not get to the end; see above.");
        }
        return lines;
    }

    private static List<String> section(Section section) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("contender", section.unit(), "ratio", "least–most"));
        head.addAll(section.detailNames());
        rows.add(head);
        section.series().forEach(series -> rows.add(row(section, series)));
        List<String> lines = new ArrayList<>(List.of("", "### " + section.title(), ""));
        lines.addAll(Columns.align(rows));
        for (Series series : section.series()) {
            series.faults()
                    .forEach(fault -> lines.add("FAILED: " + series.contender().name() + ": " + fault));
        }
        return lines;
    }

    private static List<String> row(Section section, Series series) {
        Spread ratio = section.ratio(series);
        List<String> row = new ArrayList<>();
        row.add(series.contender().name() + (series.faults().isEmpty() ? "" : " FAILED"));
        row.add(Figures.figure(section.value(series).median()));
        row.add(Figures.ratio(ratio.median()));
        row.add(Figures.ratio(ratio.least()) + "–" + Figures.ratio(ratio.most()));
        section.detailNames()
                .forEach(name ->
                        row.add(Figures.figure(section.detail(series, name).median())));
        return row;
    }

    private static Map<String, String> promises(Report report) {
        Map<String, String> promises = new LinkedHashMap<>();
        report.sections().stream()
                .flatMap(section -> section.series().stream())
                .forEach(series -> promises.putIfAbsent(
                        series.contender().name(), series.contender().promise()));
        return promises;
    }
}
