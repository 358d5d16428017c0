package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.http.ColdStarts;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The measurements of a server that has just started. */
final class Cold {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private Cold() {}

    static List<Section> cold(BenchDatabase unused, Options options, Interleaving interleaving) throws Exception {
        Path jar = Path.of(Http.jar());
        Duration pause = options.quick() ? options.time() : PAUSE;
        try (ColdStarts starts = new ColdStarts(jar, pause)) {
            return List.of(new Section("A server starts", "ms until ready", interleaving.runCold(starts.rounds())));
        }
    }
}
