package dev.semel.bench.command;

import dev.semel.bench.report.JsonReport;
import dev.semel.bench.report.Report;
import dev.semel.bench.report.SvgReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** Draws what was measured before. */
@Command(name = "picture", description = "Draws reports that were saved as JSON; measures nothing.")
final class PictureCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "REPORT", description = "Files made by --json, drawn one below the other.")
    private List<Path> reports = List.of();

    @Option(names = "--svg", paramLabel = "FILE", required = true, description = "The picture.")
    private @Nullable Path svg;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Only what has this in its title; can be given several times.")
    private List<String> titles = List.of();

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null || svg == null) {
            throw new IllegalStateException("not called through a command line");
        }
        Report report = Report.joined(reports.stream().map(this::read).toList(), titles);
        if (report.sections().isEmpty()) {
            throw refused("no section has that in its title");
        }
        Files.writeString(svg, SvgReport.of(report));
        return 0;
    }

    private Report read(Path file) {
        try {
            return JsonReport.read(file);
        } catch (JacksonException e) {
            throw refused(file + " is no report: " + e.getOriginalMessage());
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }
}
