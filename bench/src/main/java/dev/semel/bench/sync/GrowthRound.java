package dev.semel.bench.sync;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import dev.semel.bench.sync.SyncClient.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scope that grows by pushes of equal size, and is then pulled from its beginning, page by page. */
public final class GrowthRound implements Round {
    private static final int BYTES = 2_000;
    private static final int ENDS = 5;

    private final SyncServer server;
    private final int files;
    private final int batch;

    /** Prepares rounds up to so many files. */
    public GrowthRound(SyncServer server, int files, int batch) {
        this.server = server;
        this.files = files;
        this.batch = batch;
    }

    @Override
    public Contender contender() {
        return new Contender(
                server.named(files + " files"), batch + " files a push, and as many on a page of the first pull");
    }

    @Override
    public Measure run() throws Exception {
        String scope = server.client().scope("direct");
        List<Double> pushes = new ArrayList<>();
        SyncFiles next = SyncFiles.of(batch, BYTES);
        for (int size = 0; size < files; size += batch, next = next.next()) {
            String id = "push-" + size;
            String ops = next.ops();
            pushes.add(WriteRound.millis(() -> server.client().push(scope, id, ops)));
        }
        List<Double> pages = new ArrayList<>();
        long bytes = 0;
        int pulled = 0;
        Page page = new Page(0, "0", true, 0);
        while (page.hasMore()) {
            long start = System.nanoTime();
            page = server.client().pull(scope, page.cursor(), batch);
            pages.add((System.nanoTime() - start) / 1e6);
            bytes = Math.max(bytes, page.bytes());
            pulled += page.files();
        }
        List<String> faults = new ArrayList<>(server.faults(scope, files));
        if (pulled != files) {
            faults.add("files pulled: " + pulled + " instead of " + files);
        }
        double all = pages.stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> details = new LinkedHashMap<>();
        details.put("first pushes ms", ends(pushes, true));
        details.put("last pushes ms", ends(pushes, false));
        details.put("first pull ms", all);
        details.put("first pages ms", ends(pages, true));
        details.put("last pages ms", ends(pages, false));
        details.put("largest page KB", bytes / 1e3);
        details.put("server MB", server.residentMegabytes());
        return new Measure(Spread.of(pushes).median(), details, faults);
    }

    /** The median of the first ones, or of the last ones. */
    private static double ends(List<Double> millis, boolean first) {
        int many = Math.min(ENDS, millis.size());
        return Spread.of(first ? millis.subList(0, many) : millis.subList(millis.size() - many, millis.size()))
                .median();
    }
}
