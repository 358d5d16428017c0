package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Coalescing;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.UnavailableException;
import dev.semel.testkit.CoalescedShop.Batch;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who waits, who works, and how one leaves. */
@ExtendWith(PostgresExtension.class)
class CoalescingQueueTest {
    private final Shop shop;

    CoalescingQueueTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    private static List<Callable<Outcome<Order>>> payments(CoalescedShop coalesced, String name, int number) {
        return IntStream.range(0, number)
                .<Callable<Outcome<Order>>>mapToObj(i -> () -> coalesced.pay(name + i, Shop.TEA))
                .toList();
    }

    @Test
    void callsThatWaitHoldNoConnectionAndOthersGetTheirs() throws Exception {
        HikariDataSource pool = shop.pool(3);
        CoalescedShop coalesced = CoalescedShop.on(pool, CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(payments(coalesced, "wait", 30));

        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        assertThat(coalesced
                        .semel()
                        .execute(CoalescedShop.PAY, Shop.caller("globex"), Key.of("other"), Shop.TEA)
                        .replayed())
                .as("another tenant does not wait")
                .isFalse();
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);
        Together.returned(CoalescedShop.endings(waiting));
        assertThat(shop.orders()).isEqualTo(31);
    }

    @Test
    void fewCallsGoAtOnceEachAloneAndMoreWaitForEachOther() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(4);
        CoalescedShop coalesced =
                CoalescedShop.on(shop.pool(5), CoalescedShop.oneAtATime().withTransactionsPerTenant(2), write -> {
                    begun.countDown();
                    goOn.await();
                    return CoalescedShop.sell(write);
                });
        List<Together.Running<Outcome<Order>>> few = payments(coalesced, "few", 4).stream()
                .<Together.Running<Outcome<Order>>>map(Together::async)
                .toList();
        assertThat(begun.await(10, TimeUnit.SECONDS)).as("all four at once").isTrue();
        List<Together.Running<Outcome<Order>>> more = CoalescedShop.wait(payments(coalesced, "more", 5));

        goOn.countDown();
        Together.returned(CoalescedShop.endings(few));
        Together.returned(CoalescedShop.endings(more));
        assertThat(coalesced.batches()).containsExactly(new Batch(5, 0));
        assertThat(shop.orders()).isEqualTo(9);
    }

    @Test
    void moreCallsThanABatchTakesGoInSeveral() throws Exception {
        CoalescedShop coalesced =
                CoalescedShop.on(shop.pool(3), CoalescedShop.oneAtATime().withBatchSize(10), CoalescedShop::sell);

        Together.returned(coalesced.together(payments(coalesced, "many", 25)));

        assertThat(coalesced.batches()).containsExactly(new Batch(10, 0), new Batch(10, 0), new Batch(5, 0));
        assertThat(shop.orders()).isEqualTo(25);
    }

    @Test
    void interruptedCallLeavesIfItHasNotBegun() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(3), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(List.of(
                () -> {
                    thread.set(Thread.currentThread());
                    try {
                        return coalesced.pay("leaves", Shop.TEA);
                    } finally {
                        stillInterrupted.set(Thread.currentThread().isInterrupted());
                    }
                },
                () -> coalesced.pay("stays", Shop.TEA),
                () -> coalesced.pay("stays-too", Shop.TEA)));

        thread.get().interrupt();
        assertThat(waiting.get(0))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(UnavailableException.class);
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);

        Together.returned(CoalescedShop.endings(waiting.subList(1, 3)));
        assertThat(stillInterrupted).isTrue();
        assertThat(coalesced.batches()).containsExactly(new Batch(2, 0));
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(coalesced.pay("leaves", Shop.TEA).replayed())
                .as("nothing was written")
                .isFalse();
    }

    @Test
    void callThatWaitsTooLongIsToldToComeBack() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(3), CoalescedShop.oneAtATime().withLongestWait(Duration.ofMillis(300)), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(payments(coalesced, "late", 2));

        assertThat(CoalescedShop.endings(waiting).stream().map(CoalescedShop::word))
                .containsExactly("UNAVAILABLE", "UNAVAILABLE");
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);
        assertThat(shop.orders()).isZero();
        assertThat(coalesced.pay("late0", Shop.TEA).replayed()).isFalse();
    }

    @Test
    void callThatHasBegunGetsItsTrueOutcomeHoweverItIsInterruptedOrLate() throws Exception {
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(3), CoalescedShop.oneAtATime().withLongestWait(Duration.ofMillis(800)), write -> {
                    inHandler.countDown();
                    goOn.await();
                    return CoalescedShop.sell(write);
                });
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        AtomicReference<Thread> second = new AtomicReference<>();
        List<Together.Running<Outcome<Order>>> waiting =
                CoalescedShop.wait(List.of(() -> coalesced.pay("works", Shop.TEA), () -> {
                    second.set(Thread.currentThread());
                    return coalesced.pay("waits", Shop.TEA);
                }));
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);
        assertThat(inHandler.await(10, TimeUnit.SECONDS)).isTrue();

        second.get().interrupt();
        TimeUnit.MILLISECONDS.sleep(1_000);
        assertThat(waiting.get(1)).isNotDone();
        goOn.countDown();

        Together.returned(CoalescedShop.endings(waiting));
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void interruptOfWhoeverWorksForOthersHurtsNoneOfThem() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), write -> {
            if (write.payload().item().equals("slow")) {
                if (worker.compareAndSet(null, Thread.currentThread())) {
                    Thread.currentThread().interrupt();
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return CoalescedShop.sell(write);
        });

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> {
                    Outcome<Order> outcome = coalesced.pay("works", Shop.TEA);
                    assertThat(Thread.currentThread().isInterrupted())
                            .as("told to stop, and not forgotten")
                            .isTrue();
                    return outcome;
                },
                () -> coalesced.pay("slow", CoalescedShop.order("slow")),
                () -> coalesced.pay("other", Shop.TEA)));

        assertThat(endings.stream().map(CoalescedShop::word)).hasSize(3).containsOnly("executed");
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void tenantWithManyCallsKeepsNoOtherWaitingBeyondOneBatch() throws Exception {
        List<String> order = new java.util.concurrent.CopyOnWriteArrayList<>();
        Handler<NewOrder, Order> handler = write -> {
            order.add(write.tenant());
            return CoalescedShop.sell(write);
        };
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(3), CoalescedShop.oneAtATime().withTransactions(1).withBatchSize(5), handler);
        List<Callable<Outcome<Order>>> calls = new ArrayList<>(payments(coalesced, "much", 20));
        calls.add(() -> coalesced.semel().execute(CoalescedShop.PAY, Shop.caller("globex"), Key.of("a"), Shop.TEA));
        calls.add(() -> coalesced.semel().execute(CoalescedShop.PAY, Shop.caller("globex"), Key.of("b"), Shop.TEA));

        Together.returned(coalesced.together(calls));

        assertThat(order.indexOf("globex")).isLessThanOrEqualTo(5);
        assertThat(shop.orders()).isEqualTo(22);
    }

    @Test
    void connectionsAreBoundedHoweverManyTenantsCall() throws Exception {
        HikariDataSource pool = shop.pool(10);
        AtomicInteger most = new AtomicInteger();
        CoalescedShop coalesced = CoalescedShop.on(
                pool, Coalescing.ofDefaults().withTransactions(3).withTransactionsPerTenant(2), write -> {
                    most.accumulateAndGet(pool.getHikariPoolMXBean().getActiveConnections(), Math::max);
                    return CoalescedShop.sell(write);
                });
        List<Callable<Outcome<Order>>> calls = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String tenant = "tenant-" + i % 12;
            Key key = Key.of("key-" + i);
            calls.add(() -> coalesced.semel().execute(CoalescedShop.PAY, Shop.caller(tenant), key, Shop.TEA));
        }

        Together.returned(Together.run(calls));

        assertThat(most.get()).isBetween(1, 3);
        assertThat(shop.orders()).isEqualTo(120);
    }

    @Test
    void transactionThatTakesLongDoesNotHoldUpItsTenant() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(4), CoalescedShop.oneAtATime().withPatience(Duration.ofMillis(50)), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();

        List<Together.Running<Outcome<Order>>> waiting =
                payments(coalesced, "beside", 3).stream().map(Together::async).toList();

        Together.returned(CoalescedShop.endings(waiting));
        assertThat(holder).isNotDone();
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);
        assertThat(shop.orders()).isEqualTo(3);
    }
}
