package dev.semel.bench.payments;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.database.BusyConnections;
import dev.semel.bench.measure.Burst;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A contender's turn at storms: many identical calls at once, some times over with another key. Compared is the time to the last answer. */
public final class StormRound implements Round {
    private static final int STORMS = 5;

    private final BenchDatabase database;
    private final PaymentContender contender;
    private final int callers;
    private final int connections;

    /** Prepares rounds of storms of so many callers. */
    public StormRound(BenchDatabase database, PaymentContender contender, int callers, int connections) {
        this.database = database;
        this.contender = contender;
        this.callers = callers;
        this.connections = connections;
    }

    @Override
    public Contender contender() {
        return contender.contender();
    }

    @Override
    public Measure run() throws Exception {
        Company company = new Company(1);
        company.reset(database, contender.reset());
        List<Double> millis = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (PaymentSession session = contender.open(database.pools(connections));
                BusyConnections busy = new BusyConnections(database)) {
            for (int storm = 0; storm < STORMS; storm++) {
                PaymentCall call = company.call("storm-" + storm, storm);
                Burst.Result result = Burst.run(callers, () -> session.pay(call), busy);
                millis.add(result.millis());
                peaks.add(result.peak());
                faults.addAll(result.faults());
            }
        }
        faults.addAll(company.faults(database, STORMS, contender.tables()));
        Map<String, Double> details = new LinkedHashMap<>();
        details.put("slowest ms", Spread.of(millis).most());
        details.put("connections", Spread.of(peaks).most());
        return new Measure(Spread.of(millis).median(), details, faults);
    }
}
