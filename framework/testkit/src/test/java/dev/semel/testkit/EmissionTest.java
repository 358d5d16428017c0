package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.outbox.OutboxEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class EmissionTest {
    private final Shop shop;

    EmissionTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    @Test
    void writeThatEmitsNothingIsCountedByAnEventOfItsOwnOnce() {
        Semel semel = shop.node(Shop::insert);

        Shop.pay(semel, "k", Shop.TEA);
        Shop.pay(semel, "k", Shop.TEA);

        assertThat(shop.events(OutboxEvent.EXECUTED)).isEqualTo(1);
        assertThat(shop.events()).isEqualTo(1);
    }

    @Test
    void writeThatEmitsIsCountedByItsFirstEvent() {
        Semel semel = shop.node(write -> {
            write.emit("order.paid", "a", "first");
            write.emit("order.paid", "b", "second");
            return Shop.insert(write);
        });

        Shop.pay(semel, "k", Shop.TEA);

        assertThat(shop.events()).isEqualTo(2);
        assertThat(shop.firstEvents()).isEqualTo(1);
    }

    @Test
    void workflowIsTriggeredByEachExecutedWriteAndByNoReplayAndNoFailure() {
        Semel semel = shop.node(Shop::insert);
        Semel failing = shop.node(write -> {
            Shop.insert(write);
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> Shop.place(failing, "k", Shop.TEA)).hasMessage("no");
        assertThat(shop.events()).isZero();
        Shop.place(semel, "k", Shop.TEA);
        Shop.place(semel, "k", Shop.TEA);

        assertThat(shop.events("workflow.order-placed")).isEqualTo(1);
        assertThat(shop.events()).isEqualTo(1);
    }

    @Test
    void operationCannotDeclareSemelsOwnEvents() {
        assertThatThrownBy(() ->
                        Operation.standard("x", String.class, String.class).emits("semel.executed"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Operation.standard("x", String.class, String.class).emits("workflow.x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
