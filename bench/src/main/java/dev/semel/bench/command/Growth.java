package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.growth.Beside;
import dev.semel.bench.growth.GrownDatabase;
import dev.semel.bench.growth.GrowthRound;
import dev.semel.bench.growth.KeyOrder;
import dev.semel.bench.growth.LongTransaction;
import dev.semel.bench.growth.Pruning;
import dev.semel.bench.payments.Mix;
import dev.semel.bench.payments.PaymentWorkload;
import dev.semel.bench.report.Section;
import dev.semel.bench.round.Interleaving;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The measurements of new payments in databases that have grown. Each size has a database of its own, filled once. */
final class Growth {
    private static final String PER_SECOND = "calls/s";
    /** Seven years: older ones are removed. */
    private static final int MONTHS = 84;

    private Growth() {}

    static List<Section> growth(BenchDatabase unused, Options options, Interleaving interleaving) {
        List<GrownDatabase> grown = new ArrayList<>();
        List<GrownDatabase> seasoned = new ArrayList<>();
        try {
            for (int keys : options.keys()) {
                interleaving.tell(String.format(Locale.ROOT, "filling a database with %,d keys", keys));
                grown.add(GrownDatabase.with(keys));
            }
            if (!options.quick()) {
                interleaving.tell("making months of audit log");
                seasoned.add(GrownDatabase.with(options.keys().get(0), MONTHS));
            }
            List<Section> sections = new ArrayList<>();
            for (int callers : options.callers(16)) {
                PaymentWorkload workload = PaymentWorkload.of(Mix.FRESH, 1, callers, options.time());
                sections.add(besideOldRows(grown, seasoned, workload, interleaving));
                sections.add(besidePruning(grown.get(grown.size() - 1), workload, interleaving));
            }
            return sections;
        } finally {
            grown.forEach(GrownDatabase::close);
            seasoned.forEach(GrownDatabase::close);
        }
    }

    private static Section besideOldRows(
            List<GrownDatabase> grown,
            List<GrownDatabase> seasoned,
            PaymentWorkload workload,
            Interleaving interleaving) {
        List<GrowthRound> rounds = new ArrayList<>();
        Stream.concat(grown.stream(), seasoned.stream())
                .forEach(ground -> rounds.add(new GrowthRound(ground, workload, KeyOrder.RANDOM, Beside.NOTHING)));
        GrownDatabase largest = grown.get(grown.size() - 1);
        rounds.add(new GrowthRound(largest, workload, KeyOrder.BY_TIME, Beside.NOTHING));
        rounds.add(new GrowthRound(largest, workload, KeyOrder.RANDOM, new LongTransaction()));
        return new Section(
                "New payments beside old keys, " + workload.callers() + " callers",
                PER_SECOND,
                interleaving.run(rounds));
    }

    private static Section besidePruning(GrownDatabase ground, PaymentWorkload workload, Interleaving interleaving) {
        return new Section(
                "New payments beside pruning, " + workload.callers() + " callers",
                PER_SECOND,
                interleaving.run(List.of(
                        new GrowthRound(ground, workload, KeyOrder.RANDOM, Beside.NOTHING),
                        new GrowthRound(ground, workload, KeyOrder.RANDOM, new Pruning()))));
    }
}
