package dev.semel.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.payments.Mix;
import dev.semel.bench.payments.PaymentWorkload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthRoundTest {
    private static final int FEW = 1_000;
    private static final int MORE_THAN_A_ROUND_PRUNES = 200_000;
    private static final PaymentWorkload WORKLOAD = PaymentWorkload.of(Mix.FRESH, 1, 4, Duration.ofMillis(200));

    private GrownDatabase ground = GrownDatabase.with(FEW);

    @AfterEach
    void stop() {
        ground.close();
    }

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void roundsLeaveTheOldKeysAsTheyWere(KeyOrder keys) throws Exception {
        GrowthRound round = new GrowthRound(ground, WORKLOAD, keys, Beside.NOTHING);

        for (int time = 0; time < 2; time++) {
            Measure measure = round.run();

            assertThat(measure.faults()).isEmpty();
            assertThat(measure.value()).isPositive();
        }
        ground.reset();
        assertThat(keys("TRUE")).isEqualTo(FEW);
        assertThat(keys("response_body IS NULL")).isEqualTo(FEW * 4 / 10);
        assertThat(ground.due()).isEqualTo(FEW * 3 / 10);
    }

    @Test
    void aLongTransactionIsOpenAllTheTime() throws Exception {
        assertThat(round(new LongTransaction()).run().faults()).isEmpty();
        assertThat(ground.database()
                        .number("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"))
                .isZero();
    }

    @Test
    void pruningTakesWhatIsDueAndNothingElse() throws Exception {
        ground.close();
        ground = GrownDatabase.with(MORE_THAN_A_ROUND_PRUNES);

        Measure measure = round(new Pruning()).run();

        assertThat(measure.faults()).isEmpty();
        assertThat(measure.details().get("keys pruned/s")).isPositive();
        assertThat(keys("TRUE")).isLessThan(MORE_THAN_A_ROUND_PRUNES + measure.value());
    }

    @Test
    void pruningThatComesToItsEndProvesNothing() throws Exception {
        List<String> faults = round(new Pruning()).run().faults();

        assertThat(faults).singleElement().asString().startsWith("nothing was left to prune");
        assertThat(ground.due()).isZero();
    }

    @Test
    void aKeyThatIsLostIsFound() throws Exception {
        ground.database().run("""
                DELETE FROM semel.idempotency_keys WHERE ctid IN (
                       SELECT ctid FROM semel.idempotency_keys WHERE purge_at > now() LIMIT 1)""");

        assertThat(round(Beside.NOTHING).run().faults())
                .singleElement()
                .asString()
                .endsWith("are not: 1");
    }

    @Test
    void aResponseThatIsLostTooEarlyIsFound() throws Exception {
        ground.database().run("""
                UPDATE semel.idempotency_keys SET response_body = NULL WHERE ctid IN (
                       SELECT ctid FROM semel.idempotency_keys WHERE expires_at > now() LIMIT 1)""");

        assertThat(round(Beside.NOTHING).run().faults())
                .singleElement()
                .asString()
                .endsWith("are not: 1");
    }

    private GrowthRound round(Beside beside) {
        return new GrowthRound(ground, WORKLOAD, KeyOrder.RANDOM, beside);
    }

    private double keys(String condition) {
        return ground.database().number("SELECT count(*) FROM semel.idempotency_keys WHERE " + condition);
    }
}
