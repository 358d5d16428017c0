package dev.semel.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.bench.measure.Measure;
import dev.semel.bench.payments.Mix;
import dev.semel.bench.payments.PaymentWorkload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthRoundTest {
    private static final int FEW = 1_000;
    private static final int MORE_THAN_A_ROUND_PRUNES = 200_000;
    private static final PaymentWorkload WORKLOAD = PaymentWorkload.of(Mix.FRESH, 1, 4, Duration.ofMillis(200));

    private static GrownDatabase shared;

    @BeforeAll
    static void start() {
        shared = GrownDatabase.with(FEW);
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void roundsLeaveTheOldKeysAsTheyWere(KeyOrder keys) throws Exception {
        GrowthRound round = new GrowthRound(shared, WORKLOAD, keys, Beside.NOTHING);

        for (int time = 0; time < 2; time++) {
            Measure measure = round.run();

            assertThat(measure.faults()).isEmpty();
            assertThat(measure.value()).isPositive();
        }
        shared.reset();
        assertThat(keys(shared, "TRUE")).isEqualTo(FEW);
        assertThat(keys(shared, "response_body IS NULL")).isEqualTo(FEW * 4 / 10);
        assertThat(shared.due()).isEqualTo(FEW * 3 / 10);
    }

    @Test
    void monthsOfAuditLogAreBesideThoseThatAreMadeInAnyCase() throws Exception {
        String months = "SELECT count(*) FROM semel.audit_months() WHERE has_partition";
        try (GrownDatabase seasoned = GrownDatabase.with(FEW, 12)) {
            assertThat(round(seasoned, Beside.NOTHING).run().faults()).isEmpty();
            assertThat(seasoned.database().number(months))
                    .isEqualTo(shared.database().number(months) + 12);
        }
    }

    @Test
    void aLongTransactionIsOpenAllTheTime() throws Exception {
        assertThat(round(shared, new LongTransaction()).run().faults()).isEmpty();
        assertThat(shared.database()
                        .number("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"))
                .isZero();
    }

    @Test
    void pruningTakesWhatIsDueAndNothingElse() throws Exception {
        try (GrownDatabase large = GrownDatabase.with(MORE_THAN_A_ROUND_PRUNES)) {
            Measure measure = round(large, new Pruning()).run();

            assertThat(measure.faults()).isEmpty();
            assertThat(measure.details().get("keys pruned/s")).isPositive();
            assertThat(large.due()).isLessThan(MORE_THAN_A_ROUND_PRUNES * 3 / 10);
        }
    }

    @Test
    void pruningThatComesToItsEndProvesNothing() throws Exception {
        try (GrownDatabase small = GrownDatabase.with(FEW)) {
            List<String> faults = round(small, new Pruning()).run().faults();

            assertThat(faults).singleElement().asString().startsWith("nothing was left to prune");
            assertThat(small.due()).isZero();
        }
    }

    @Test
    void aKeyOrAResponseThatIsLostTooEarlyIsFound() throws Exception {
        try (GrownDatabase damaged = GrownDatabase.with(FEW)) {
            GrowthRound round = round(damaged, Beside.NOTHING);

            damaged.database().run("""
                    DELETE FROM semel.idempotency_keys WHERE ctid IN (
                           SELECT ctid FROM semel.idempotency_keys WHERE purge_at > now() LIMIT 1)""");
            assertThat(round.run().faults()).singleElement().asString().endsWith("are not: 1");

            damaged.database().run("""
                    UPDATE semel.idempotency_keys SET response_body = NULL WHERE ctid IN (
                           SELECT ctid FROM semel.idempotency_keys WHERE expires_at > now() LIMIT 1)""");
            assertThat(round.run().faults()).singleElement().asString().endsWith("are not: 2");
        }
    }

    private static GrowthRound round(GrownDatabase ground, Beside beside) {
        return new GrowthRound(ground, WORKLOAD, KeyOrder.RANDOM, beside);
    }

    private static double keys(GrownDatabase ground, String condition) {
        return ground.database().number("SELECT count(*) FROM semel.idempotency_keys WHERE " + condition);
    }
}
