package dev.semel.cli.demo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryPlanTest {

    private final List<DeliveryPlan> plans = IntStream.rangeClosed(1, 655)
            .mapToObj(number -> DeliveryPlan.of(20260701, String.format("PAY-%04d", number)))
            .toList();

    @Test
    void theSameSeedAndKeyGiveTheSamePlan() {
        assertThat(DeliveryPlan.of(7, "PAY-0001")).isEqualTo(DeliveryPlan.of(7, "PAY-0001"));
    }

    @Test
    void everyRequestIsSentTwoToFiveTimesAtOnce() {
        assertThat(plans).allSatisfy(plan -> assertThat(plan.fates()).hasSizeBetween(2, 5));
        assertThat(plans).extracting(plan -> plan.fates().size()).contains(2, 3, 4, 5);
    }

    @Test
    void everyFateStrikes() {
        assertThat(plans).flatExtracting(DeliveryPlan::fates).contains(Fate.values());
    }

    @Test
    void atLeastThirtyPaymentsAreSentAgainWithAnotherAmount() {
        assertThat(plans.stream().filter(DeliveryPlan::changed)).hasSizeGreaterThanOrEqualTo(30);
    }
}
