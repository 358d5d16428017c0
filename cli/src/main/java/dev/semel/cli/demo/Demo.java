package dev.semel.cli.demo;

import dev.semel.cli.demo.network.AnswerBody;
import dev.semel.cli.demo.network.BadNetwork;
import dev.semel.cli.demo.network.Delivery;
import dev.semel.cli.demo.samples.SampleCompany;
import dev.semel.cli.demo.tally.Count;
import dev.semel.cli.demo.tally.Problems;
import dev.semel.cli.demo.tally.Tally;
import dev.semel.cli.demo.verify.SampleIds;
import dev.semel.cli.server.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays the sample company's quarter against a server, over a bad network. */
final class Demo {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningServer server;
    private final String token;
    private final long seed;
    private final Screen screen;

    Demo(RunningServer server, String token, long seed, Screen screen) {
        this.server = server;
        this.token = token;
        this.seed = seed;
        this.screen = screen;
    }

    /** Sends everything; what goes wrong on the way is added to the problems. */
    DemoResult run(SampleCompany company, Problems problems) throws InterruptedException {
        List<PhaseResult> results = new ArrayList<>();
        try (BadNetwork network = new BadNetwork(server::address, token)) {
            Delivery delivery = new Delivery(network, seed, PATIENCE, problems);
            PhaseRunner runner = new PhaseRunner(server, network, delivery);
            SampleIds ids = new Quarter(company, problems).play(phase -> show(runner, phase, results));
            return new DemoResult(results, ids);
        }
    }

    private Map<String, AnswerBody> show(PhaseRunner runner, Phase phase, List<PhaseResult> results)
            throws InterruptedException {
        screen.headline(headline(phase));
        try (Progress progress =
                screen.progress(phase.stage().label(), phase.tasks().size())) {
            results.add(runner.run(phase, progress));
        }
        PhaseResult result = results.get(results.size() - 1);
        screen.line("  " + summary(result));
        result.kill().ifPresent(kill -> screen.line("  " + kill));
        return result.answers();
    }

    private static String headline(Phase phase) {
        String kill = phase.kill() ? ", and a SIGKILL in the middle" : "";
        return "Sending " + phase.tasks().size() + " " + phase.stage().label() + kill;
    }

    private static String summary(PhaseResult result) {
        Tally tally = result.tally();
        return result.answers().size() + " of " + result.tasks() + " known after " + tally.sent() + " requests; "
                + tally.get(Count.LOST) + " got no answer, " + tally.get(Count.BUSY) + " were told to come back";
    }
}
