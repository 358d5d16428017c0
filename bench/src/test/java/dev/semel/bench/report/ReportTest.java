package dev.semel.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Series;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final Series BASE = series("base", List.of(), 1000, 500, 2000);
    private static final Series SEMEL = series("Semel", List.of(), 800, 450, 1400);
    private static final Series LOSER = series("<loses & doubles>", List.of("payments: 3 instead of 4"), 900, 900, 900);

    @Test
    void theTableShowsTheMedianAndTheRatioWithItsSpread() {
        List<String> lines = TextReport.lines(report(BASE, SEMEL));

        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line.replaceAll(" +", " ")).isEqualTo("| Semel | 800 | 0.80 | 0.70–0.90 | 7.0 |"));
        assertThat(lines).contains("- Java: 17", "- **Semel**: promises");
    }

    @Test
    void whoLosesRowsIsShownAsFailed() {
        Report report = report(BASE, LOSER);

        assertThat(report.isSound()).isFalse();
        assertThat(TextReport.lines(report))
                .contains("FAILED: <loses & doubles>: payments: 3 instead of 4")
                .anyMatch(line -> line.startsWith("FAILED: a contender left wrong rows"));
    }

    @Test
    void soundRunsAreNotShownAsFailed() {
        assertThat(report(BASE, SEMEL).isSound()).isTrue();
        assertThat(TextReport.lines(report(BASE, SEMEL))).noneMatch(line -> line.contains("FAILED"));
    }

    @Test
    void theJsonHasEverySingleMeasure(@TempDir Path folder) {
        Path file = folder.resolve("report.json");

        JsonReport.write(report(BASE, SEMEL), file);

        JsonNode json = JsonMapper.shared().readTree(file.toFile());
        JsonNode measures = json.at("/sections/0/series/1/measures");
        assertThat(measures).hasSize(3);
        assertThat(measures.at("/1/value").asDouble()).isEqualTo(450);
        assertThat(json.at("/setting/Java").asString()).isEqualTo("17");
    }

    @Test
    void thePictureIsWellFormedWhateverTheNames() throws Exception {
        String svg = SvgReport.of(report(BASE, SEMEL, LOSER));

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg).contains(">0.80<", ">800 calls/s<", ">failed<", "calls/s beside base; more is better");
    }

    @Test
    void aReportThatIsReadAgainIsTheSame(@TempDir Path folder) {
        Path file = folder.resolve("report.json");
        Report report = report(BASE, SEMEL, LOSER);

        JsonReport.write(report, file);

        assertThat(JsonReport.read(file)).isEqualTo(report);
    }

    @Test
    void joinedReportsShowWhatIsAskedFor() {
        Report joined = Report.joined(List.of(report(BASE), report(SEMEL)), List.of("pay", "other"));

        assertThat(joined.sections()).extracting(Section::series).containsExactly(List.of(BASE), List.of(SEMEL));
        assertThat(Report.joined(List.of(report(BASE)), List.of("other")).sections())
                .isEmpty();
        assertThat(Report.joined(List.of(report(BASE)), List.of()).sections()).hasSize(1);
    }

    @Test
    void millisecondsAreBetterIfTheyAreFew() {
        assertThat(new Section("a", "ms until ready", List.of()).moreIsBetter()).isFalse();
        assertThat(new Section("a", "p99 ms", List.of()).moreIsBetter()).isFalse();
        assertThat(new Section("a", "events/s", List.of()).moreIsBetter()).isTrue();
    }

    private static Report report(Series... series) {
        return new Report(Map.of("Java", "17"), List.of(new Section("payments", "calls/s", List.of(series))));
    }

    private static Series series(String name, List<String> faults, double... values) {
        return new Series(
                new Contender(name, "promises"),
                Arrays.stream(values)
                        .mapToObj(value -> new Measure(value, Map.of("p99 ms", 7.0), faults))
                        .toList());
    }
}
