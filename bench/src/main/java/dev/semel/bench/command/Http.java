package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.http.Books;
import dev.semel.bench.http.HttpRound;
import dev.semel.bench.http.HttpRound.Request;
import dev.semel.bench.http.HttpStormRound;
import dev.semel.bench.http.ServerProcess;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The measurements of the server over HTTP. */
final class Http {
    private static final int STORM = 500;
    // A server that has just started interprets its code: with two cores it takes half a minute of requests to compile
    // it.
    private static final int WARM_UP_ROUNDS = 15;
    private static final int INVOICES = 200;
    private static final int QUICK_INVOICES = 20;
    private static final int QUICK_WARM_UP_ROUNDS = 2;

    private Http() {}

    static List<Section> http(BenchDatabase unused, Options options, Interleaving interleaving) throws Exception {
        try (ServerProcess server = ServerProcess.start(Path.of(jar()))) {
            Books books = Books.on(server, invoices(options));
            books.warmUp(warmUp(options));
            List<Section> sections = new ArrayList<>();
            for (int clients : options.callers(1, 4, 16, 64)) {
                List<HttpRound> rounds = Stream.of(Request.values())
                        .map(request -> new HttpRound(books, request, clients, options.time()))
                        .toList();
                sections.add(new Section("Over HTTP, " + clients + " clients", "requests/s", interleaving.run(rounds)));
            }
            sections.add(new Section(
                    STORM + " identical requests at once over HTTP",
                    "ms to the last answer",
                    interleaving.run(List.of(new HttpStormRound(books, STORM)))));
            return sections;
        }
    }

    /** How long. */
    static Duration warmUp(Options options) {
        return options.time().multipliedBy(options.quick() ? QUICK_WARM_UP_ROUNDS : WARM_UP_ROUNDS);
    }

    /** How many are paid into. */
    static int invoices(Options options) {
        return options.quick() ? QUICK_INVOICES : INVOICES;
    }

    /** The server's. */
    static String jar() {
        String jar = System.getProperty("semel.server.jar");
        if (jar == null) {
            throw new IllegalStateException("-Dsemel.server.jar must name the server's jar, as ./semel bench does");
        }
        return jar;
    }
}
