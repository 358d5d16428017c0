package dev.semel.bench.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.database.Pools;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.rivals.Dbos;
import dev.semel.bench.rivals.Versions;
import dev.semel.bench.round.Contender;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentRoundTest {
    /** A call that begins in one round and ends in the next, and what a pool asks a connection that it has not used for long. */
    private static final Offset<Double> A_LITTLE = Offset.offset(0.2);

    private static BenchDatabase database;

    @BeforeAll
    static void start() {
        database = BenchDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static Stream<PaymentContender> all() {
        return Stream.concat(Stream.of(new Plain(false), new Plain(true)), idempotent());
    }

    static Stream<PaymentContender> idempotent() {
        return Stream.of(
                new HandWritten(),
                OnSemel.alone(),
                new OnSemel(OnSemel.Way.COALESCED),
                new OnSemel(OnSemel.Way.SET_BASED),
                new Dbos(Versions.of("dbos")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachContenderLeavesTheRightRows(PaymentContender contender) throws Exception {
        Measure measure = round(contender, Mix.FRESH, 3).run();

        assertThat(measure.faults()).isEmpty();
        assertThat(measure.value()).isPositive();
        assertThat(measure.details()).containsKeys("p50 ms", "p99 ms", "statements", "round trips", "WAL bytes");
        assertThat(measure.details().get("WAL bytes")).isPositive();
        assertThat(measure.details().get("client µs")).isPositive();
    }

    @ParameterizedTest
    @MethodSource("idempotent")
    void retriesLeaveNoRows(PaymentContender contender) throws Exception {
        assertThat(round(contender, Mix.HALF, 1).run().faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("idempotent")
    void aStormLeavesOnePayment(PaymentContender contender) throws Exception {
        Measure measure = new StormRound(database, contender, 50, 4).run();

        assertThat(measure.faults()).isEmpty();
    }

    @Test
    void theBaseSendsFourStatementsInATransactionAndWaitsFiveTimes() throws Exception {
        Measure measure = round(new Plain(false), Mix.FRESH, 1).run();

        // BEGIN travels with the first statement, the COMMIT alone.
        assertThat(measure.details().get("statements")).isCloseTo(6.0, A_LITTLE);
        assertThat(measure.details().get("round trips")).isCloseTo(5.0, A_LITTLE);
    }

    @Test
    void semelWaitsOnceMoreThanTheBase() throws Exception {
        Measure measure = round(OnSemel.alone(), Mix.FRESH, 1).run();

        assertThat(measure.details().get("round trips")).isCloseTo(6.0, A_LITTLE);
    }

    @Test
    void whoPaysTwiceOnARetryIsFound() throws Exception {
        assertThat(round(new Plain(false), Mix.HALF, 1).run().faults())
                .anyMatch(fault -> fault.startsWith("payments, of those acknowledged"));
    }

    @Test
    void whoLosesAPaymentIsFound() throws Exception {
        assertThat(round(new Forgetful(), Mix.FRESH, 1).run().faults())
                .anyMatch(fault -> fault.startsWith("payments, of those acknowledged"));
    }

    private static PaymentRound round(PaymentContender contender, Mix mix, int tenants) {
        Duration time = Duration.ofMillis(200);
        return new PaymentRound(database, contender, new PaymentWorkload(mix, new Company(tenants), 4, 2, time, time));
    }

    /** Acknowledges what it does not write. */
    private record Forgetful() implements PaymentContender {
        @Override
        public Contender contender() {
            return new Contender("forgetful", "nothing");
        }

        @Override
        public PaymentSession open(Pools pools) {
            return new PaymentSession() {
                @Override
                public UUID pay(PaymentCall call) throws Exception {
                    Thread.sleep(1);
                    return UUID.randomUUID();
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void bareSelectsAreCountedAsOneRoundTrip() throws Exception {
        Measure measure = round(new BareSelect(), Mix.REPLAYS, 1).run();

        assertThat(measure.faults()).isEmpty();
        assertThat(measure.details().get("round trips")).isEqualTo(1);
        assertThat(List.of(measure.details().get("statements"))).containsExactly(1.0);
    }
}
