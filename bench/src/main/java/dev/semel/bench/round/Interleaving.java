package dev.semel.bench.round;

import dev.semel.bench.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs rounds in turn, A B C A B C …, so that whatever else the machine does hits all contenders alike; the first turn of each
 * warms up and is thrown away.
 */
public final class Interleaving {
    private final int rounds;
    private final Consumer<String> progress;

    /**
     * @param rounds how many turns of each contender count
     * @param progress is told what happens, for somebody who waits
     */
    public Interleaving(int rounds, Consumer<String> progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Tells somebody who waits what happens before the rounds. */
    public void tell(String line) {
        progress.accept(line);
    }

    /** Runs them all. A round that throws is a failed one: it is shown, and the others go on. */
    public List<Series> run(List<? extends Round> contenders) {
        return run(contenders, 0);
    }

    /** As {@link #run}, but every turn counts: for what is cold by its nature. */
    public List<Series> runCold(List<? extends Round> contenders) {
        return run(contenders, 1);
    }

    private List<Series> run(List<? extends Round> contenders, int first) {
        List<List<Measure>> measures = new ArrayList<>();
        contenders.forEach(contender -> measures.add(new ArrayList<>()));
        for (int round = first; round <= rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Measure measure = run(contenders.get(i));
                progress.accept("round " + round + " of " + rounds + ": "
                        + contenders.get(i).contender().name() + ": " + Math.round(measure.value()));
                if (round > 0 || !measure.faults().isEmpty()) {
                    measures.get(i).add(measure);
                }
            }
        }
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            series.add(new Series(contenders.get(i).contender(), measures.get(i)));
        }
        return series;
    }

    private static Measure run(Round round) {
        try {
            return round.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (Exception e) {
            return Measure.failed(e.toString());
        }
    }
}
