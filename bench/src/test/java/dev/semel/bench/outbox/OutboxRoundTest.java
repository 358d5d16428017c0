package dev.semel.bench.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.database.Pools;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.rivals.DbScheduler;
import dev.semel.bench.rivals.Gruelbox;
import dev.semel.bench.rivals.JobRunrJobs;
import dev.semel.bench.rivals.Namastack;
import dev.semel.bench.rivals.Versions;
import dev.semel.bench.round.Contender;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutboxRoundTest {
    private static BenchDatabase database;

    @BeforeAll
    static void start() {
        database = BenchDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static Stream<OutboxContender> all() {
        return Stream.of(
                new SemelOutbox(1),
                new SemelOutbox(3),
                new Gruelbox(Versions.of("transaction-outbox")),
                new Namastack(Versions.of("namastack")),
                new DbScheduler(Versions.of("db-scheduler")),
                new JobRunrJobs(Versions.of("jobrunr")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachContenderDeliversEveryEventOnce(OutboxContender contender) throws Exception {
        Measure measure = new OutboxRound(database, contender, Pace.flood(250)).run();

        assertThat(measure.faults()).isEmpty();
        assertThat(measure.value()).isPositive();
    }

    @Test
    void semelAtASteadyPace() throws Exception {
        Measure measure = new OutboxRound(database, new SemelOutbox(1), Pace.steady(100, Duration.ofMillis(300))).run();

        assertThat(measure.faults()).isEmpty();
        assertThat(measure.details().get("inserts/s")).isPositive().isLessThan(105);
    }

    @Test
    void doublesAndWhatIsNeverAcknowledgedAreFound() throws Exception {
        database.run("CREATE SCHEMA IF NOT EXISTS rival");

        Measure measure = new OutboxRound(database, new Stammering(), Pace.flood(100)).run();

        assertThat(measure.faults()).containsExactly("100 events arrived once more");
    }

    @Test
    void lostEventsAreFound() throws Exception {
        Deliveries deliveries = new Deliveries(3);
        deliveries.delivered(1);

        deliveries.await(Duration.ofMillis(1));

        assertThat(deliveries.faults()).containsExactly("2 of 3 events did not arrive in time");
    }

    /** Delivers everything twice. */
    private record Stammering() implements OutboxContender {
        @Override
        public Contender contender() {
            return new Contender("stammering", "nothing");
        }

        @Override
        public String pending() {
            return "SELECT 0";
        }

        @Override
        public OutboxSession open(Pools pools, Deliveries deliveries) {
            return new OutboxSession() {
                @Override
                public void start() {}

                @Override
                public void enqueue(int first, int count) {
                    for (int number = first; number < first + count; number++) {
                        deliveries.delivered(number);
                        deliveries.delivered(number);
                    }
                }

                @Override
                public void close() {}
            };
        }
    }
}
