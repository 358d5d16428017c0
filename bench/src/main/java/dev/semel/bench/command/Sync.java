package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.http.ServerProcess;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import dev.semel.bench.round.Round;
import dev.semel.bench.sync.GrowthRound;
import dev.semel.bench.sync.QuietPullRound;
import dev.semel.bench.sync.SyncServer;
import dev.semel.bench.sync.WriteRound;
import dev.semel.bench.sync.WriteRound.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The measurements of Markdown sync over HTTP. With {@code -Dsemel.server.jar.before} another build of the server is measured in turn with
 * this one.
 */
final class Sync {
    private static final int FILES = 500;
    private static final int INLINE = 2_000;
    private static final int BLOB = 16_000;
    private static final int GROWN = 10_000;
    private static final int QUICK_FILES = 50;

    private Sync() {}

    static List<Section> sync(BenchDatabase unused, Options options, Interleaving interleaving) throws Exception {
        String before = System.getProperty("semel.server.jar.before");
        try (ServerProcess now = ServerProcess.start(Path.of(Http.jar()))) {
            if (before == null) {
                return sections(List.of(SyncServer.on(now, "")), options, interleaving);
            }
            try (ServerProcess old = ServerProcess.start(Path.of(before))) {
                return sections(List.of(SyncServer.on(old, ", before"), SyncServer.on(now, "")), options, interleaving);
            }
        }
    }

    private static List<Section> sections(List<SyncServer> servers, Options options, Interleaving interleaving) {
        int files = options.quick() ? QUICK_FILES : FILES;
        List<Section> sections = new ArrayList<>();
        for (int bytes : List.of(INLINE, BLOB)) {
            for (Write write : Write.values()) {
                sections.add(section(
                        write.title() + ": " + files + " files of " + bytes + " bytes",
                        "ms",
                        interleaving,
                        servers,
                        server -> new WriteRound(server, write, files, bytes)));
            }
        }
        sections.add(section(
                "Pull without news, in a scope of " + files + " files",
                "p50 ms",
                interleaving,
                servers,
                server -> new QuietPullRound(server, files, options.time())));
        List<Integer> sizes = options.quick() ? List.of(2 * files) : List.of(GROWN / 5, GROWN);
        sections.add(new Section(
                "A scope grows, and is pulled from its beginning",
                "ms a push",
                interleaving.run(servers.stream()
                        .flatMap(server -> sizes.stream().map(size -> new GrowthRound(server, size, files)))
                        .toList())));
        return sections;
    }

    private static Section section(
            String title,
            String unit,
            Interleaving interleaving,
            List<SyncServer> servers,
            Function<SyncServer, Round> round) {
        return new Section(
                title, unit, interleaving.run(servers.stream().map(round).toList()));
    }
}
