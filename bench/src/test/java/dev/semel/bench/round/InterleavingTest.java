package dev.semel.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class InterleavingTest {
    private final List<String> turns = new ArrayList<>();

    @Test
    void contendersTakeTurnsAndTheFirstTurnIsThrownAway() {
        List<Series> series = new Interleaving(2, line -> {}).run(List.of(round("A", 1), round("B", 2)));

        assertThat(turns).containsExactly("A", "B", "A", "B", "A", "B");
        assertThat(series).extracting(one -> one.measures().size()).containsExactly(2, 2);
    }

    @Test
    void aRoundThatThrowsIsShownAndTheOthersGoOn() {
        List<Series> series = new Interleaving(1, line -> {})
                .run(List.of(
                        round("A", () -> {
                            throw new IllegalStateException("lost its rows");
                        }),
                        round("B", 2)));

        assertThat(series.get(0).faults()).singleElement().asString().contains("lost its rows");
        assertThat(series.get(1).faults()).isEmpty();
        assertThat(series.get(1).measures()).hasSize(1);
    }

    @Test
    void aFaultInTheRoundThatIsThrownAwayIsAFaultAllTheSame() {
        List<Measure> measures = new ArrayList<>(
                List.of(new Measure(1, Map.of(), List.of("a double")), new Measure(1, Map.of(), List.of())));

        List<Series> series = new Interleaving(1, line -> {}).run(List.of(round("A", () -> measures.remove(0))));

        assertThat(series.get(0).faults()).containsExactly("a double");
    }

    @Test
    void whatIsColdHasNoTurnToWarmUp() {
        List<Series> series = new Interleaving(2, line -> {}).runCold(List.of(round("A", 1), round("B", 2)));

        assertThat(turns).containsExactly("A", "B", "A", "B");
        assertThat(series).extracting(one -> one.measures().size()).containsExactly(2, 2);
    }

    private Round round(String name, double value) {
        return round(name, () -> new Measure(value, Map.of(), List.of()));
    }

    private Round round(String name, Callable<Measure> work) {
        return new Round() {
            @Override
            public Contender contender() {
                return new Contender(name, "nothing");
            }

            @Override
            public Measure run() throws Exception {
                turns.add(name);
                return work.call();
            }
        };
    }
}
