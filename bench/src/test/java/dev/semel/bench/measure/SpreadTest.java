package dev.semel.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianIsTheMiddleValueWhateverTheOrder() {
        assertThat(Spread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Spread(5, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(1.0, 100.0, 3.0, 5.0))).isEqualTo(new Spread(4, 1, 100));
    }

    @Test
    void ofNothingThereIsNoFigure() {
        assertThat(Spread.of(List.of()).median()).isNaN();
    }

    @Test
    void aRatioIsTakenRoundByRoundSoThatSharedNoiseCancels() {
        // In the second round the machine was busy and both were half as fast.
        Spread ratio = Spread.ofRatios(List.of(80.0, 40.0, 90.0), List.of(100.0, 50.0, 100.0));

        assertThat(ratio).isEqualTo(new Spread(0.8, 0.8, 0.9));
    }

    @Test
    void roundsThatOneOfTwoLacksAreLeftOut() {
        assertThat(Spread.ofRatios(List.of(1.0), List.of(2.0, 4.0))).isEqualTo(new Spread(0.5, 0.5, 0.5));
    }
}
