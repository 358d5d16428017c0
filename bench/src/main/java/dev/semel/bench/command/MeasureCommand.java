package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.database.Setting;
import dev.semel.bench.report.JsonReport;
import dev.semel.bench.report.Report;
import dev.semel.bench.report.Section;
import dev.semel.bench.report.SvgReport;
import dev.semel.bench.report.TextReport;
import dev.semel.bench.round.Interleaving;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs measurements one after another on a database of their own and shows what came out. */
@Command
final class MeasureCommand implements Callable<Integer> {
    private static final int UNSOUND = 1;

    @Mixin
    private Options options = new Options();

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    private final List<Measurement> measurements;

    MeasureCommand(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("not called through a command line");
        }
        PrintWriter err = spec.commandLine().getErr();
        Report report = measure(line -> {
            err.println(line);
            err.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        TextReport.lines(report).forEach(out::println);
        out.flush();
        save(report);
        return report.isSound() ? 0 : UNSOUND;
    }

    private Report measure(Consumer<String> progress) throws Exception {
        Interleaving interleaving = new Interleaving(options.rounds(), progress);
        try (BenchDatabase database = BenchDatabase.start()) {
            Map<String, String> setting = Setting.of(database);
            setting.put("rounds", options.rounds() + " of " + options.time().toMillis() + " ms");
            List<Section> sections = new ArrayList<>();
            for (Measurement measurement : measurements) {
                sections.addAll(measurement.sections(database, options, interleaving));
            }
            return new Report(setting, sections);
        }
    }

    private void save(Report report) throws IOException {
        if (options.json() != null) {
            JsonReport.write(report, options.json());
        }
        if (options.svg() != null) {
            Files.writeString(options.svg(), SvgReport.of(report));
        }
    }
}
