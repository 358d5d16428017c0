package dev.semel.bench.outbox;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contender's turn at events: they are inserted while it delivers to a sink that does nothing. Compared is how many get
 * from the first insert to the last acknowledgement in a second, or how long one takes at a steady pace.
 */
public final class OutboxRound implements Round {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 10;
    private static final String RESET = """
            DROP SCHEMA IF EXISTS rival CASCADE;
            DROP SCHEMA IF EXISTS dbos CASCADE;
            CREATE SCHEMA rival;
            TRUNCATE semel.idempotency_keys, semel.idempotent_write_audit_log, semel.outbox_events, semel.leases CASCADE;
            """;

    private final BenchDatabase database;
    private final OutboxContender contender;
    private final Pace pace;

    /** Prepares rounds on the database. */
    public OutboxRound(BenchDatabase database, OutboxContender contender, Pace pace) {
        this.database = database;
        this.contender = contender;
        this.pace = pace;
    }

    @Override
    public Contender contender() {
        return contender.contender();
    }

    @Override
    public Measure run() throws Exception {
        database.run(RESET);
        database.run("CHECKPOINT");
        Deliveries deliveries = new Deliveries(pace.events());
        try (OutboxSession session = contender.open(database.pools(CONNECTIONS), deliveries)) {
            session.start();
            double walBefore = database.walBytes();
            long start = System.nanoTime();
            pace.insert(session, deliveries);
            double inserted = secondsSince(start);
            deliveries.await(LIMIT);
            awaitNothingPending();
            double all = secondsSince(start);
            return measure(deliveries, inserted, all, database.walBytes() - walBefore);
        }
    }

    private Measure measure(Deliveries deliveries, double inserted, double all, double walBytes) {
        Map<String, Double> details = new LinkedHashMap<>();
        details.put("inserts/s", pace.events() / inserted);
        details.put("p50 ms", deliveries.latencies().percentileMillis(0.5));
        details.put("p99 ms", deliveries.latencies().percentileMillis(0.99));
        details.put("WAL bytes", walBytes / pace.events());
        List<String> faults = new ArrayList<>(deliveries.faults());
        double left = database.number(contender.pending());
        if (left > 0) {
            faults.add(Math.round(left) + " events were never acknowledged");
        }
        double value = pace.isSteady() ? deliveries.latencies().percentileMillis(0.99) : pace.events() / all;
        return new Measure(value, details, faults);
    }

    private void awaitNothingPending() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (database.number(contender.pending()) > 0 && System.nanoTime() < end) {
            Thread.sleep(2);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
