package dev.semel.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsAValueThatWasSeen() {
        Latencies latencies = millis(LongStream.rangeClosed(1, 3_000));

        assertThat(latencies.percentileMillis(0.5)).isEqualTo(1_500);
        assertThat(latencies.percentileMillis(0.99)).isEqualTo(2_970);
        assertThat(latencies.percentileMillis(1)).isEqualTo(3_000);
    }

    @Test
    void threadsAreMergedAndNotAveraged() {
        Latencies merged = Latencies.merged(List.of(millis(LongStream.of(1, 1, 1)), millis(LongStream.of(100))));

        assertThat(merged.size()).isEqualTo(4);
        assertThat(merged.percentileMillis(0.75)).isEqualTo(1);
        assertThat(merged.percentileMillis(0.76)).isEqualTo(100);
    }

    @Test
    void ofNothingThereIsNoFigure() {
        assertThat(new Latencies().percentileMillis(0.5)).isNaN();
    }

    private static Latencies millis(LongStream values) {
        Latencies latencies = new Latencies();
        values.forEach(value -> latencies.add(value * 1_000_000));
        return latencies;
    }
}
