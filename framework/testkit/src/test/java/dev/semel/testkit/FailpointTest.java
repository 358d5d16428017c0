package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Semel;
import dev.semel.failpoint.ArmedFailpoints;
import dev.semel.failpoint.Failpoint;
import dev.semel.failpoint.FailpointAction;
import dev.semel.failpoint.FailpointException;
import dev.semel.failpoint.Failpoints;
import dev.semel.failpoint.WriteFailpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FailpointTest {
    private static final Failpoint AFTER_INSERT = new Failpoint("shop.pay.after-insert");

    private final Shop shop;
    private final ArmedFailpoints failpoints;

    FailpointTest(TestDatabase database) {
        shop = Shop.open(database);
        List<Failpoint> declared = new ArrayList<>(WriteFailpoints.all());
        declared.add(AFTER_INSERT);
        failpoints = new ArmedFailpoints(declared);
    }

    private Semel node(Failpoints used) {
        return Shop.engine(shop.pool(5), write -> {
                    Shop.Order order = Shop.insert(write);
                    write.reach(AFTER_INSERT);
                    return order;
                })
                .failpoints(used)
                .build();
    }

    @Test
    void armedFailpointRollsTheWriteBackOnceAndTheRetrySucceedsUnderTheSameKey() {
        Semel semel = node(failpoints);
        failpoints.arm(AFTER_INSERT.name(), new FailpointAction.Throw(), 1);

        assertThatThrownBy(() -> Shop.pay(semel, "k", Shop.TEA)).isInstanceOf(FailpointException.class);
        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();

        assertThat(Shop.pay(semel, "k", Shop.TEA).replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void failpointActsAtItsNthHit() {
        Semel semel = node(failpoints);
        failpoints.arm(AFTER_INSERT.name(), new FailpointAction.Throw(), 3);

        Shop.pay(semel, "one", Shop.TEA);
        Shop.pay(semel, "two", Shop.TEA);
        assertThatThrownBy(() -> Shop.pay(semel, "three", Shop.TEA)).isInstanceOf(FailpointException.class);
        Shop.pay(semel, "three", Shop.TEA);

        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void connectionDroppedInTheHandlerIsOvercomeByAnotherTransaction() {
        Semel semel = node(failpoints);
        failpoints.arm(AFTER_INSERT.name(), new FailpointAction.DropConnection(), 1);

        Shop.pay(semel, "k", Shop.TEA);

        assertThat(failpoints.armed()).isEmpty();
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.events()).isEqualTo(1);
        assertThat(shop.auditRows()).isEqualTo(1);
    }

    @Test
    void connectionDroppedAfterTheCommitIsAnsweredWithTheOneWrite() {
        Semel semel = node(failpoints);
        failpoints.arm(WriteFailpoints.AFTER_LAST_STATEMENTS.name(), new FailpointAction.DropConnection(), 1);

        Shop.pay(semel, "k", Shop.TEA);

        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.auditRows()).isEqualTo(1);
    }

    @Test
    void delayStallsTheWriteAndChangesNothingElse() {
        Semel semel = node(failpoints);
        failpoints.arm(AFTER_INSERT.name(), new FailpointAction.Delay(Duration.ofMillis(200)), 1);

        long start = System.nanoTime();
        Shop.pay(semel, "k", Shop.TEA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void onlyDeclaredFailpointsCanBeArmedAndDisabledOnesDoNothing() {
        assertThatThrownBy(() -> failpoints.arm("no.such", new FailpointAction.Throw(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(AFTER_INSERT.name());

        failpoints.arm(AFTER_INSERT.name(), new FailpointAction.Throw(), 1);
        Shop.pay(node(Failpoints.disabled()), "k", Shop.TEA);
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(failpoints.armed()).containsOnlyKeys(AFTER_INSERT.name());
    }
}
