package dev.semel.bench.command;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.payments.BareSelect;
import dev.semel.bench.payments.HandWritten;
import dev.semel.bench.payments.Mix;
import dev.semel.bench.payments.OnSemel;
import dev.semel.bench.payments.PaymentContender;
import dev.semel.bench.payments.PaymentRound;
import dev.semel.bench.payments.PaymentWorkload;
import dev.semel.bench.payments.Plain;
import dev.semel.bench.payments.StormRound;
import dev.semel.bench.report.Section;
import dev.semel.bench.rivals.Dbos;
import dev.semel.bench.rivals.Versions;
import dev.semel.bench.round.Interleaving;
import java.util.ArrayList;
import java.util.List;

/** The measurements of payments through a library call. */
final class Payments {
    private static final String PER_SECOND = "calls/s";
    private static final int STORM = 500;
    private static final int SERVER_POOL = 10;

    private Payments() {}

    static List<Section> write(BenchDatabase database, Options options, Interleaving interleaving) {
        List<PaymentContender> contenders = List.of(
                new Plain(false),
                new Plain(true),
                new HandWritten(),
                OnSemel.alone(),
                new OnSemel(OnSemel.Way.COALESCED),
                new OnSemel(OnSemel.Way.SET_BASED));
        return measure(database, options, options.callers(1, 4, 16, 64, 256), interleaving, Mix.FRESH, contenders);
    }

    static List<Section> replay(BenchDatabase database, Options options, Interleaving interleaving) {
        List<Integer> callers = options.callers(1, 4, 16, 64);
        List<PaymentContender> contenders = List.of(new BareSelect(), new HandWritten(), OnSemel.alone());
        List<Section> sections =
                new ArrayList<>(measure(database, options, callers, interleaving, Mix.REPLAYS, contenders));
        sections.addAll(measure(database, options, callers, interleaving, Mix.HALF, contenders));
        return sections;
    }

    static List<Section> storm(BenchDatabase database, Options options, Interleaving interleaving) {
        List<StormRound> rounds = List.<PaymentContender>of(new HandWritten(), OnSemel.alone()).stream()
                .map(contender -> new StormRound(database, contender, STORM, SERVER_POOL))
                .toList();
        return List.of(
                new Section(STORM + " identical calls at once", "ms to the last answer", interleaving.run(rounds)));
    }

    static List<Section> rivals(BenchDatabase database, Options options, Interleaving interleaving) {
        List<PaymentContender> contenders =
                List.of(new Plain(false), new HandWritten(), OnSemel.alone(), new Dbos(Versions.of("dbos")));
        return measure(database, options, options.callers(1, 4, 16, 64), interleaving, Mix.FRESH, contenders);
    }

    private static List<Section> measure(
            BenchDatabase database,
            Options options,
            List<Integer> allCallers,
            Interleaving interleaving,
            Mix mix,
            List<PaymentContender> contenders) {
        List<Section> sections = new ArrayList<>();
        for (int tenants : options.tenants()) {
            for (int callers : allCallers) {
                PaymentWorkload workload = PaymentWorkload.of(mix, tenants, callers, options.time());
                List<PaymentRound> rounds = contenders.stream()
                        .map(contender -> new PaymentRound(database, contender, workload))
                        .toList();
                sections.add(new Section(title(mix, tenants, callers), PER_SECOND, interleaving.run(rounds)));
            }
        }
        return sections;
    }

    private static String title(Mix mix, int tenants, int callers) {
        String what = switch (mix) {
            case FRESH -> "New payments";
            case HALF -> "Half new payments, half retries";
            case REPLAYS -> "Retries of finished payments";
        };
        return what + ", " + counted(callers, "caller") + ", " + counted(tenants, "tenant");
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
