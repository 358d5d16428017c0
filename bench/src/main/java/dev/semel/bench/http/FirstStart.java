package dev.semel.bench.http;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server that finds no data: database, tables and token are made. What is compared is the time until it is ready. */
public final class FirstStart implements Round {
    private final Path jar;
    private final Duration pause;

    /**
     * Prepares rounds.
     *
     * @param pause how long the server rests, and how long it works after that
     */
    public FirstStart(Path jar, Duration pause) {
        this.jar = jar;
        this.pause = pause;
    }

    @Override
    public Contender contender() {
        return new Contender(
                "first start", "makes database, tables and token; customer and invoice are made before the payment");
    }

    @Override
    public Measure run() throws Exception {
        try (ServerProcess server = ColdFigures.start(Files.createTempDirectory("semel-bench-cold"), jar)) {
            return ColdFigures.measure(server, Books.on(server, 1), pause);
        }
    }
}
