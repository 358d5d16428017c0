package dev.semel.bench.payments;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.measure.ClosedLoop;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.WireCost;
import dev.semel.bench.measure.WireCounter;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contender's turn at payments. Statements and round trips are counted once, apart from what is timed. */
public final class PaymentRound implements Round {
    private static final int COUNTED = 200;
    private static final int BEFORE_COUNTING = 50;
    private static final int COUNTING_POOL = 4;
    /** A pool connects beside the calls; what that sends is not theirs. */
    private static final long POOL_IS_FULL_MILLIS = 200;

    private final BenchDatabase database;
    private final PaymentContender contender;
    private final PaymentWorkload workload;
    private @Nullable WireCost wire;

    /** Prepares rounds on the database. */
    public PaymentRound(BenchDatabase database, PaymentContender contender, PaymentWorkload workload) {
        this.database = database;
        this.contender = contender;
        this.workload = workload;
    }

    @Override
    public Contender contender() {
        return contender.contender();
    }

    @Override
    public Measure run() throws Exception {
        WireCost counted = wire == null ? countWire() : wire;
        wire = counted;
        workload.company().reset(database, contender.reset());
        try (PaymentSession session = contender.open(database.pools(workload.connections()))) {
            List<PaymentCall> prepared = workload.prepared();
            session.prepare(prepared);
            ClosedLoop loop = new ClosedLoop(workload.callers(), number -> workload.call(session, number));
            ClosedLoop.Result result = loop.run(workload.warmUp(), workload.time(), PaymentFigures.counters(database));
            return measure(result, counted, prepared.size());
        }
    }

    private Measure measure(ClosedLoop.Result result, WireCost counted, int prepared) {
        Map<String, Double> wireCost = new LinkedHashMap<>();
        wireCost.put("statements", (double) counted.statements() / COUNTED);
        wireCost.put("round trips", (double) counted.roundTrips() / COUNTED);
        List<String> faults = workload.company().faults(database, prepared + result.acknowledged(), contender.tables());
        faults.addAll(result.failures());
        return new Measure(result.perSecond(), PaymentFigures.of(result, wireCost), faults);
    }

    private WireCost countWire() throws Exception {
        workload.company().reset(database, contender.reset());
        try (WireCounter counter = WireCounter.before(database.port());
                PaymentSession session = contender.open(database.pools(COUNTING_POOL, counter.port()))) {
            session.prepare(workload.prepared());
            for (int number = 0; number < BEFORE_COUNTING; number++) {
                workload.call(session, number);
            }
            Thread.sleep(POOL_IS_FULL_MILLIS);
            WireCost before = counter.passed();
            for (int number = 0; number < COUNTED; number++) {
                workload.call(session, BEFORE_COUNTING + number);
            }
            return counter.passed().since(before);
        }
    }
}
