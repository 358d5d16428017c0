package dev.semel.bench.sync;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import dev.semel.bench.sync.SyncClient.Publish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One large write, some times over, each into a new scope. */
public final class WriteRound implements Round {
    private static final int TIMES = 3;

    private final SyncServer server;
    private final Write write;
    private final int files;
    private final int bytes;

    /** What is written. */
    public enum Write {
        /** To main at once. */
        PUSH("Push to a direct scope", "all files on main in one transaction, each with its version and event"),
        /** The same again. */
        RETRY("The same push again", "the stored answer; nothing is stored again"),
        /** For review. */
        PROPOSE("Push to a reviewed scope", "a changeset with all its files in one transaction"),
        /** What was accepted. */
        PUBLISH("Publish", "all accepted files on main in one transaction, and a report");

        private final String title;
        private final String promise;

        Write(String title, String promise) {
            this.title = title;
            this.promise = promise;
        }

        /** For a heading. */
        public String title() {
            return title;
        }
    }

    /** Prepares rounds of so many files of so many bytes. */
    public WriteRound(SyncServer server, Write write, int files, int bytes) {
        this.server = server;
        this.write = write;
        this.files = files;
        this.bytes = bytes;
    }

    @Override
    public Contender contender() {
        return new Contender(server.named(write.title), write.promise);
    }

    @Override
    public Measure run() throws Exception {
        List<Double> millis = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            String scope = server.client().scope(isDirect() ? "direct" : "reviewed");
            millis.add(run(scope, SyncFiles.of(files, bytes)));
            faults.addAll(server.faults(scope, write == Write.PROPOSE ? 0 : files));
        }
        Spread spread = Spread.of(millis);
        return new Measure(spread.median(), Map.of("slowest ms", spread.most()), faults);
    }

    private boolean isDirect() {
        return write == Write.PUSH || write == Write.RETRY;
    }

    private double run(String scope, SyncFiles pushed) throws Exception {
        if (write == Write.PUBLISH) {
            Publish publish = server.client().accepted(scope, pushed);
            return millis(() -> server.client().publish(publish));
        }
        String ops = pushed.ops();
        if (write == Write.RETRY) {
            server.client().push(scope, "push", ops);
        }
        return millis(() -> server.client().push(scope, "push", ops));
    }

    /** What is timed. */
    interface Timed {
        void run() throws Exception;
    }

    static double millis(Timed timed) throws Exception {
        long start = System.nanoTime();
        timed.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
