package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.semel.BatchHandler;
import dev.semel.Call;
import dev.semel.CallResult;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.KeyedPayload;
import dev.semel.Semel;
import dev.semel.Write;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many writes done with a few statements; each keeps its own key, events and outcome. */
@ExtendWith(PostgresExtension.class)
class BatchHandlerTest {
    private final TestDatabase database;
    private final Shop shop;
    private final AtomicInteger oneByOne = new AtomicInteger();

    BatchHandlerTest(TestDatabase database) {
        this.database = database;
        shop = Shop.open(database);
    }

    private Semel engine(DataSource source, BatchHandler<NewOrder, Order> handler) {
        return CoalescedShop.engine(source, write -> {
                    oneByOne.incrementAndGet();
                    return CoalescedShop.sell(write);
                })
                .handleAll(CoalescedShop.PAY, handler)
                .build();
    }

    private static List<CallResult<Order>> pay(Semel semel, String... items) {
        List<KeyedPayload<NewOrder>> calls = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            calls.add(new KeyedPayload<>(Key.of("pay-" + i), CoalescedShop.order(items[i])));
        }
        return semel.executeAll(CoalescedShop.PAY, Shop.caller("acme"), calls);
    }

    private static List<String> words(List<CallResult<Order>> results) {
        return results.stream()
                .map(result -> result instanceof CallResult.Succeeded<Order> succeeded
                        ? (succeeded.outcome().replayed() ? "replayed " : "executed ")
                                + succeeded.outcome().result().item()
                        : ((dev.semel.SemelException) ((CallResult.Failed<Order>) result).failure()).code())
                .toList();
    }

    @Test
    void manyWritesAreDoneWithOneStatementAndThreeRoundTrips() {
        List<String> sent = new CopyOnWriteArrayList<>();
        Semel semel = engine(
                InterceptedDataSource.of(shop.pool(1), new StatementHook() {
                    @Override
                    public void before(String sql) {
                        sent.add(sql);
                    }
                }),
                ShopSets::sellAll);

        assertThat(words(pay(semel, "a", "b", "c", "d")))
                .containsExactly("executed a", "executed b", "executed c", "executed d");

        assertThat(sent).hasSize(4);
        assertThat(sent.get(1)).contains("INSERT INTO shop.orders");
        assertThat(sent.get(3)).as("a call without a message to the server").isEqualTo("commit");
        assertThat(oneByOne).hasValue(0);
        assertThat(shop.orders()).isEqualTo(4);
        assertThat(shop.keys()).isEqualTo(4);
        assertThat(shop.auditRows()).isEqualTo(4);
        assertThat(shop.events("order.paid")).isEqualTo(4);
        assertThat(words(pay(semel, "a", "b", "c", "d")))
                .containsExactly("replayed a", "replayed b", "replayed c", "replayed d");
    }

    @Test
    void writesThatItLeavesOutAreDoneOneByOneAndRejectedThere() {
        Semel semel = engine(shop.pool(2), ShopSets::sellAll);

        assertThat(words(pay(semel, "a", "arsenic", "b"))).containsExactly("executed a", "NOT_SOLD", "executed b");
        assertThat(oneByOne).hasValue(1);
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.keys()).isEqualTo(2);
        assertThat(shop.events("order.paid")).isEqualTo(2);
    }

    @Test
    void whatItDoesWrongIsUndoneAndAllAreDoneOneByOne() {
        List<BatchHandler<NewOrder, Order>> wrong = List.of(
                writes -> {
                    ShopSets.sellAll(writes);
                    throw new IllegalStateException("after the insert");
                },
                writes -> {
                    Map<UUID, Order> sold = new java.util.HashMap<>(ShopSets.sellAll(writes));
                    sold.put(UUID.randomUUID(), sold.values().iterator().next());
                    return sold;
                },
                writes -> {
                    Map<UUID, Order> sold = ShopSets.sellAll(writes);
                    try (var statement = writes.get(0).connection().createStatement()) {
                        statement.execute("SELECT 1/0");
                    } catch (java.sql.SQLException ignored) {
                        return sold;
                    }
                    return Map.of();
                });
        for (BatchHandler<NewOrder, Order> handler : wrong) {
            oneByOne.set(0);
            Semel semel = engine(shop.pool(2), handler);

            assertThat(words(pay(semel, "a", "b", "c"))).containsExactly("executed a", "executed b", "executed c");
            assertThat(oneByOne).hasValue(3);
            assertThat(shop.orders()).isEqualTo(3);
            assertThat(shop.events("order.paid")).isEqualTo(3);
            shop.run("TRUNCATE shop.orders, semel.idempotency_keys, semel.outbox_events,"
                    + " semel.idempotent_write_audit_log");
        }
    }

    @Test
    void handlerThatCommitsBySqlIsRefused() {
        Semel semel = engine(shop.pool(4), writes -> {
            Map<UUID, Order> sold = ShopSets.sellAll(writes);
            try (var statement = writes.get(0).connection().createStatement()) {
                statement.execute("COMMIT");
            }
            return sold;
        });

        assertThat(words(pay(semel, "a", "b"))).containsExactly("executed a", "executed b");
        assertThat(oneByOne).hasValue(2);
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void lateRetryAmongThemIsAnsweredFromItsRow() {
        Semel semel = engine(shop.pool(2), ShopSets::sellAll);
        pay(semel, "a");
        shop.expireKeys();
        shop.run("DELETE FROM semel.idempotency_keys");

        assertThat(words(pay(semel, "a", "b", "c"))).containsExactly("replayed a", "executed b", "executed c");
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void callsWithVariablesAreNotForIt() throws Exception {
        CopyOnWriteArrayList<Integer> sizes = new CopyOnWriteArrayList<>();
        CoalescedShop held = CoalescedShop.on(
                shop.pool(3),
                CoalescedShop::sell,
                builder -> builder.handleAll(CoalescedShop.PAY, writes -> {
                    sizes.add(writes.size());
                    return ShopSets.sellAll(writes);
                }));
        Semel semel = held.semel();
        Map<String, String> variables = Map.of("id", "7");
        var call = new Call<>(
                CoalescedShop.PAY,
                Shop.caller("acme"),
                Key.of("with-variables"),
                Shop.TEA,
                Fingerprint.of("payOrder", variables, new byte[0]),
                variables,
                (Write<NewOrder> write) -> CoalescedShop.sell(write));
        Together.returned(held.together(List.of(
                () -> semel.execute(call), () -> held.pay("other", Shop.TEA), () -> held.pay("third", Shop.TEA))));

        assertThat(sizes).containsExactly(2);
        assertThat(shop.orders()).isEqualTo(3);
        assertThat(database.number("SELECT count(*) FROM semel.idempotent_write_audit_log WHERE resource_id = '7'"))
                .isEqualTo(1);
    }

    @Test
    void operationThatIsNotCoalescedHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shop.engine(shop.pool(1), Shop::insert)
                        .handleAll(Shop.PAY_ORDER, ShopSets::sellAll)
                        .build())
                .withMessageContaining("not declared to be coalesced");
    }
}
