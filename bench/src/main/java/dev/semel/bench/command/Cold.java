package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.http.ColdStarts;
import dev.semel.bench.http.ServerProcess;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.time.Duration;
import java.util.List;

/** The measurements of a server that has just started. */
final class Cold {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private Cold() {}

    static List<Section> cold(BenchDatabase unused, Options options, Interleaving interleaving) throws Exception {
        Duration pause = options.quick() ? options.time() : PAUSE;
        try (ColdStarts starts = new ColdStarts(program(), pause)) {
            return List.of(new Section("A server starts", "ms until ready", interleaving.runCold(starts.rounds())));
        }
    }

    /** The launcher, for its own time and its choices belong to a start; without one, the jar. */
    private static List<String> program() {
        String launcher = System.getProperty("semel.launcher");
        return launcher == null ? List.of(ServerProcess.java(), "-jar", Http.jar()) : List.of(launcher, "server");
    }
}
