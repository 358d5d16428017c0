package dev.semel.bench.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all measurements may be told. */
final class Options {
    @Option(names = "--quick", description = "A short look: one round of 0.3 seconds. Proves little.")
    private boolean quick;

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "N",
            description = {
                "Threads that ask. Default: 1,4,16,64, for new payments 256 too; 16 beside old keys; 16,64 for what",
                "metrics and log cost"
            })
    private List<Integer> callers = List.of();

    @Option(names = "--tenants", split = ",", paramLabel = "N", description = "Companies. Default: 1,1000")
    private List<Integer> tenants = List.of(1, 1000);

    @Option(names = "--seconds", paramLabel = "N", description = "How long each round is measured. Default: 3")
    private int seconds = 3;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds of each contender. Default: 5")
    private int rounds = 5;

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "N",
            description = "For growth: keys that are there already. Default: 10000,10000000")
    private List<Integer> keys = List.of(10_000, 10_000_000);

    @Option(names = "--json", paramLabel = "FILE", description = "Every single measure, for your own sums.")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "The ratios as a picture.")
    private @Nullable Path svg;

    /** The callers asked for; of several only the middle one in a short look. */
    List<Integer> callers(Integer... unlessAsked) {
        List<Integer> all = callers.isEmpty() ? List.of(unlessAsked) : callers;
        return quick ? List.of(all.get(all.size() / 2)) : all;
    }

    List<Integer> tenants() {
        return quick ? List.of(tenants.get(0)) : tenants;
    }

    List<Integer> keys() {
        return quick ? List.of(1_000, 75_000) : keys;
    }

    Duration time() {
        return quick ? Duration.ofMillis(300) : Duration.ofSeconds(seconds);
    }

    int rounds() {
        return quick ? 1 : rounds;
    }

    boolean quick() {
        return quick;
    }

    @Nullable
    Path json() {
        return json;
    }

    @Nullable
    Path svg() {
        return svg;
    }
}
