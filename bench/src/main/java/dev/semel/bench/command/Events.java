package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.outbox.OutboxContender;
import dev.semel.bench.outbox.OutboxRound;
import dev.semel.bench.outbox.Pace;
import dev.semel.bench.outbox.SemelOutbox;
import dev.semel.bench.report.Section;
import dev.semel.bench.rivals.DbScheduler;
import dev.semel.bench.rivals.Gruelbox;
import dev.semel.bench.rivals.JobRunrJobs;
import dev.semel.bench.rivals.Namastack;
import dev.semel.bench.rivals.Versions;
import dev.semel.bench.round.Interleaving;
import java.util.List;

/** The measurements of events on their way out. */
final class Events {
    private static final int FLOOD = 10_000;
    private static final int QUICK_FLOOD = 2_000;
    private static final int STEADY_PER_SECOND = 500;

    private Events() {}

    static List<Section> outbox(BenchDatabase database, Options options, Interleaving interleaving) {
        List<OutboxContender> semel = List.of(new SemelOutbox(1), new SemelOutbox(8));
        Pace steady = Pace.steady(STEADY_PER_SECOND, options.time());
        return List.of(
                flood(database, options, interleaving, semel),
                new Section(
                        STEADY_PER_SECOND + " events a second, one by one",
                        "p99 ms",
                        interleaving.run(rounds(database, semel, steady))));
    }

    static List<Section> rivals(BenchDatabase database, Options options, Interleaving interleaving) {
        List<OutboxContender> all = List.of(
                new SemelOutbox(1),
                new SemelOutbox(8),
                new Gruelbox(Versions.of("transaction-outbox")),
                new Namastack(Versions.of("namastack")),
                new DbScheduler(Versions.of("db-scheduler")),
                new JobRunrJobs(Versions.of("jobrunr")));
        return List.of(flood(database, options, interleaving, all));
    }

    private static Section flood(
            BenchDatabase database, Options options, Interleaving interleaving, List<OutboxContender> contenders) {
        Pace pace = Pace.flood(options.quick() ? QUICK_FLOOD : FLOOD);
        return new Section(
                pace.events() + " events as fast as they come, a hundred in a transaction",
                "events/s",
                interleaving.run(rounds(database, contenders, pace)));
    }

    private static List<OutboxRound> rounds(BenchDatabase database, List<OutboxContender> contenders, Pace pace) {
        return contenders.stream()
                .map(contender -> new OutboxRound(database, contender, pace))
                .toList();
    }
}
