package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Coalescing;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prints how many writes a second there are without and with sharing; asserts only that each was written once. */
@ExtendWith(PostgresExtension.class)
class CoalescingThroughputTest {
    private static final int ROUNDS = 3;
    private static final int WRITES = 1_500;

    private final Shop shop;
    private int run;
    private long written;

    CoalescingThroughputTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    @Test
    void writesASecondAlternately() throws Exception {
        Semel plain = Shop.engine(shop.pool(10), CoalescedShop::sell).build();
        Semel coalesced = CoalescedShop.engine(shop.pool(10), CoalescedShop::sell)
                .coalescing(Coalescing.ofDefaults())
                .build();
        Semel sets = CoalescedShop.engine(shop.pool(10), CoalescedShop::sell)
                .handleAll(CoalescedShop.PAY, ShopSets::sellAll)
                .build();
        for (int callers : new int[] {1, 16, 64}) {
            Map<String, List<Long>> perSecond = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                add(perSecond, "1 plain", measure(plain, Shop.PAY_ORDER, callers));
                add(perSecond, "2 coalesced", measure(coalesced, CoalescedShop.PAY, callers));
                add(perSecond, "3 set-based", measure(sets, CoalescedShop.PAY, callers));
            }
            System.out.println(callers + " callers, writes a second: " + perSecond);
        }
        assertThat(shop.orders()).isEqualTo(written);
        assertThat(shop.keys()).isEqualTo(written);
        assertThat(shop.events("order.paid")).isEqualTo(written);
    }

    private static void add(Map<String, List<Long>> all, String name, long value) {
        all.computeIfAbsent(name, one -> new ArrayList<>()).add(value);
    }

    private long measure(Semel semel, Operation<NewOrder, Order> operation, int callers) throws Exception {
        int each = (callers == 1 ? WRITES / 4 : WRITES) / callers;
        int number = run++;
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            String name = "run-" + number + "-" + caller + "-";
            calls.add(() -> {
                for (int i = 0; i < each; i++) {
                    semel.execute(operation, Shop.caller("acme"), dev.semel.Key.of(name + i), Shop.TEA);
                }
                return true;
            });
        }
        long start = System.nanoTime();
        Together.returned(Together.run(calls));
        written += (long) each * callers;
        return (long) each * callers * 1_000_000_000L / (System.nanoTime() - start);
    }
}
