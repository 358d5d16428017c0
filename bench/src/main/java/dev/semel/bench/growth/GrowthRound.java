package dev.semel.bench.growth;

import dev.semel.bench.measure.ClosedLoop;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.payments.OnSemel;
import dev.semel.bench.payments.PaymentFigures;
import dev.semel.bench.payments.PaymentSession;
import dev.semel.bench.payments.PaymentWorkload;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.util.List;

/** New payments in a database that has grown. */
public final class GrowthRound implements Round {
    private final GrownDatabase ground;
    private final PaymentWorkload workload;
    private final KeyOrder keys;
    private final Beside beside;

    /**
     * Prepares rounds.
     *
     * @param workload of new payments by one company
     * @param keys of the new payments
     */
    public GrowthRound(GrownDatabase ground, PaymentWorkload workload, KeyOrder keys, Beside beside) {
        this.ground = ground;
        this.workload = workload;
        this.keys = keys;
        this.beside = beside;
    }

    @Override
    public Contender contender() {
        return new Contender(
                ground.name() + keys.suffix() + beside.suffix(),
                OnSemel.alone().contender().promise());
    }

    @Override
    public Measure run() throws Exception {
        ground.reset();
        Measure measure = measure();
        ground.settle();
        return measure;
    }

    private Measure measure() throws Exception {
        long round = System.nanoTime();
        try (PaymentSession session = OnSemel.alone().open(ground.database().pools(workload.connections()));
                Beside.Activity activity = beside.begin(ground)) {
            ClosedLoop loop = new ClosedLoop(workload.callers(), number -> {
                session.pay(ground.company().call(keys.key(round, number), number));
                return true;
            });
            ClosedLoop.Result result =
                    loop.run(workload.warmUp(), workload.time(), PaymentFigures.counters(ground.database()));
            Beside.Seen seen = activity.end();
            List<String> faults = ground.faults(result.acknowledged());
            faults.addAll(result.failures());
            faults.addAll(seen.faults());
            return new Measure(result.perSecond(), PaymentFigures.of(result, seen.figures()), faults);
        }
    }
}
