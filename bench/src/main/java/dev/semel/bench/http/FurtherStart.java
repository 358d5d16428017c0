package dev.semel.bench.http;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server that finds the data of the one before. What is compared is the time until it is ready. */
public final class FurtherStart implements Round, AutoCloseable {
    private final Path jar;
    private final Duration pause;
    private final ServerProcess before;
    private final Path folder;
    private final Books books;

    private FurtherStart(Path jar, Duration pause, ServerProcess before, Path folder, Books books) {
        this.jar = jar;
        this.pause = pause;
        this.before = before;
        this.folder = folder;
        this.books = books;
    }

    /**
     * Makes the data.
     *
     * @param pause how long the server rests, and how long it works after that
     */
    public static FurtherStart prepared(Path jar, Duration pause) throws Exception {
        Path folder = Files.createTempDirectory("semel-bench-cold");
        ServerProcess before = ColdFigures.start(folder, jar);
        try {
            Books books = Books.on(before, 1);
            before.stop();
            return new FurtherStart(jar, pause, before, folder, books);
        } catch (IOException | InterruptedException | RuntimeException e) {
            before.close();
            throw e;
        }
    }

    @Override
    public Contender contender() {
        return new Contender("further start", "finds its data; the payment is the first request");
    }

    @Override
    public Measure run() throws Exception {
        ServerProcess server = ColdFigures.start(folder, jar);
        try {
            return ColdFigures.measure(server, books.continuedOn(server), pause);
        } finally {
            server.stop();
        }
    }

    /** Removes the data. */
    @Override
    public void close() throws IOException, InterruptedException {
        before.close();
    }
}
