package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.http.Books;
import dev.semel.bench.http.HttpRound;
import dev.semel.bench.http.HttpRound.Request;
import dev.semel.bench.http.ServerProcess;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Interleaving;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What it costs that a server can be observed: payments over HTTP, with metrics and boundary log and without. */
final class Observed {
    private static final String NO_LOG = "-Dlogging.level.semel.boundary=OFF";
    private static final String METRICS = "org.springframework.boot.micrometer.metrics.autoconfigure.";
    /** Without a registry nothing measures: neither Semel, nor what stands around it. */
    private static final String NO_METRICS = "-Dspring.autoconfigure.exclude="
            + METRICS + "CompositeMeterRegistryAutoConfiguration,"
            + METRICS + "export.simple.SimpleMetricsExportAutoConfiguration,"
            + METRICS + "export.prometheus.PrometheusMetricsExportAutoConfiguration";

    private static final Contender OFF =
            new Contender("metrics and log off", "a payment over HTTP, its audit row and its event");
    private static final Contender ON = new Contender("metrics and log on", "the same, and as shipped");

    private Observed() {}

    static List<Section> observed(BenchDatabase unused, Options options, Interleaving interleaving) throws Exception {
        Path jar = Path.of(Http.jar());
        try (ServerProcess off = ServerProcess.start(jar, NO_LOG, NO_METRICS);
                ServerProcess on = ServerProcess.start(jar)) {
            Books unobserved = Books.on(off, Http.invoices(options));
            Books observed = Books.on(on, Http.invoices(options));
            unobserved.warmUp(Http.warmUp(options));
            observed.warmUp(Http.warmUp(options));
            require(observed, true);
            List<Section> sections = new ArrayList<>();
            for (int clients : options.callers(16, 64)) {
                sections.add(new Section(
                        "Metrics and boundary log, over HTTP, " + clients + " clients",
                        "requests/s",
                        interleaving.run(List.of(
                                new HttpRound(unobserved, Request.PAY, clients, options.time(), OFF),
                                new HttpRound(observed, Request.PAY, clients, options.time(), ON)))));
            }
            require(unobserved, false);
            return sections;
        }
    }

    /** Otherwise something else was compared. */
    private static void require(Books books, boolean isObserved) throws IOException, InterruptedException {
        if (books.areCounted() != isObserved || books.areLogged() != isObserved) {
            throw new IllegalStateException("metrics are on: " + books.areCounted() + ", the boundary log is on: "
                    + books.areLogged() + "; it should be " + isObserved + " for both");
        }
    }
}
