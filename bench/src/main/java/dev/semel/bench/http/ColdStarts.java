package dev.semel.bench.http;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Starts of a server in a new data folder and, in turn with these, on the data that the one before has left. What is compared is the
 * time until it is ready. Not thread-safe.
 */
public final class ColdStarts implements AutoCloseable {
    private static final Contender FIRST = new Contender(
            "first start", "makes database, tables and token; customer and invoice are made before the payment");
    private static final Contender FURTHER =
            new Contender("further start", "finds its data; the payment is the first request");

    private final List<String> program;
    private final Duration pause;
    private @Nullable Left left;

    /** What a first start leaves. */
    private record Left(ServerProcess server, Books books) {}

    /**
     * Prepares starts.
     *
     * @param program that becomes the server
     * @param pause how long a server rests, and how long it works after that
     */
    public ColdStarts(List<String> program, Duration pause) {
        this.program = List.copyOf(program);
        this.pause = pause;
    }

    /** In this order. */
    public List<Round> rounds() {
        return List.of(round(FIRST, this::first), round(FURTHER, this::further));
    }

    private static Round round(Contender contender, Callable<Measure> run) {
        return new Round() {
            @Override
            public Contender contender() {
                return contender;
            }

            @Override
            public Measure run() throws Exception {
                return run.call();
            }
        };
    }

    private Measure first() throws Exception {
        close();
        ServerProcess server = ServerProcess.startIn(Files.createTempDirectory("semel-bench-cold"), program);
        try {
            Books books = Books.on(server, 1);
            left = new Left(server, books);
            return ColdFigures.measure(server, books, pause);
        } finally {
            server.stop();
        }
    }

    private Measure further() throws Exception {
        Left data = left;
        if (data == null) {
            throw new IllegalStateException("the first start left nothing");
        }
        ServerProcess server = ServerProcess.startIn(data.server().folder(), program);
        try {
            return ColdFigures.measure(server, data.books().continuedOn(server), pause);
        } finally {
            server.stop();
        }
    }

    /** Removes the data. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (left != null) {
            left.server().close();
            left = null;
        }
    }
}
