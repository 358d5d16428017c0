package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.CallResult;
import dev.semel.Key;
import dev.semel.KeyReusedException;
import dev.semel.KeyedPayload;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BatchTest {
    private final Shop shop;

    BatchTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    @Test
    void eachCallOfAListHasItsOwnOutcome() {
        Semel semel = shop.node(write -> {
            if ("arsenic".equals(write.payload().item())) {
                throw RejectedException.rule("NOT_SOLD", "Not here.");
            }
            return Shop.insertAndEmit(write);
        });

        List<CallResult<Order>> results = semel.executeAll(
                Shop.PAY_ORDER,
                Shop.caller("acme"),
                List.of(
                        call("one", Shop.TEA),
                        call("two", new NewOrder("arsenic", Shop.TEA.amount())),
                        call("one", Shop.TEA),
                        call("one", Shop.DEARER_TEA),
                        call("three", Shop.TEA)));

        assertThat(results)
                .extracting(BatchTest::word)
                .containsExactly("executed", "NOT_SOLD", "replayed", "IDEMPOTENCY_KEY_REUSED", "executed");
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.keys()).isEqualTo(2);
        assertThat(shop.events()).isEqualTo(2);
        assertThat(((CallResult.Failed<Order>) results.get(3)).failure()).isInstanceOf(KeyReusedException.class);
    }

    private static KeyedPayload<NewOrder> call(String key, NewOrder order) {
        return new KeyedPayload<>(Key.of(key), order);
    }

    private static String word(CallResult<Order> result) {
        if (result instanceof CallResult.Succeeded<Order> succeeded) {
            return succeeded.outcome().replayed() ? "replayed" : "executed";
        }
        return ((dev.semel.SemelException) ((CallResult.Failed<Order>) result).failure()).code();
    }
}
