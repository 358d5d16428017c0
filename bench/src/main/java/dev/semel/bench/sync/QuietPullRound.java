package dev.semel.bench.sync;

import dev.semel.bench.measure.Latencies;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import dev.semel.bench.sync.SyncClient.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A client that asks again and again whether there is anything new, and there is not. */
public final class QuietPullRound implements Round {
    private final SyncServer server;
    private final int files;
    private final Duration time;

    /** Prepares rounds in a scope of so many files. */
    public QuietPullRound(SyncServer server, int files, Duration time) {
        this.server = server;
        this.files = files;
        this.time = time;
    }

    @Override
    public Contender contender() {
        return new Contender(server.named("Pull without news"), "one snapshot; the cursor stays as it is");
    }

    @Override
    public Measure run() throws Exception {
        String scope = server.client().scope("direct");
        server.client().push(scope, "push", SyncFiles.of(files, 100).ops());
        Page last = server.client().pull(scope, "0", files);
        Latencies latencies = new Latencies();
        boolean isQuiet = !last.hasMore() && last.files() == files;
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); ) {
            long asked = System.nanoTime();
            Page page = server.client().pull(scope, last.cursor(), files);
            latencies.add(System.nanoTime() - asked);
            isQuiet &= page.files() == 0 && !page.hasMore();
        }
        return new Measure(
                latencies.percentileMillis(0.5),
                Map.of("p99 ms", latencies.percentileMillis(0.99), "pulls", (double) latencies.size()),
                isQuiet ? List.of() : List.of("a pull without news told some"));
    }
}
