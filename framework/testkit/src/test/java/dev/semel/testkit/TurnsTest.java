package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.UnavailableException;
import dev.semel.Write;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that would wait for the same row wait for each other before they take a connection. */
@ExtendWith(PostgresExtension.class)
class TurnsTest {
    private static final int WRITERS = 32;
    private static final Operation<NewOrder, Order> PATIENT = operation("patientOrder", Duration.ofSeconds(30));
    private static final Operation<NewOrder, Order> HASTY = operation("hastyOrder", Duration.ofMillis(50));

    private final Shop shop;
    private final HikariDataSource pool;
    private final Semel semel;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inHandler = new AtomicInteger();
    private final AtomicInteger mostInHandler = new AtomicInteger();

    TurnsTest(TestDatabase database) {
        shop = Shop.open(database);
        pool = shop.pool(2);
        semel = Semel.builder(Transactions.of(pool), JacksonCodec.ofDefaults())
                .handle(PATIENT, this::handle)
                .recall(PATIENT, Shop::find)
                .handle(HASTY, this::handle)
                .recall(HASTY, Shop::find)
                .build();
    }

    private static Operation<NewOrder, Order> operation(String name, Duration limit) {
        return Operation.financial(name, NewOrder.class, Order.class)
                .inTurn((order, variables) -> "item/" + order.item())
                .waitLimit(limit)
                .build();
    }

    private Order handle(Write<NewOrder> write) throws Exception {
        if (!write.payload().item().equals("tea")) {
            return Shop.insert(write);
        }
        mostInHandler.accumulateAndGet(inHandler.incrementAndGet(), Math::max);
        try {
            entered.countDown();
            if (!release.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
            return Shop.insert(write);
        } finally {
            inHandler.decrementAndGet();
        }
    }

    private Outcome<Order> order(Operation<NewOrder, Order> operation, String tenant, String key, String item) {
        return semel.execute(operation, Shop.caller(tenant), Key.of(key), new NewOrder(item, BigDecimal.ONE));
    }

    private Together.Running<Outcome<Order>> holder() throws InterruptedException {
        Together.Running<Outcome<Order>> holder = Together.async(() -> order(PATIENT, "acme", "holder", "tea"));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        return holder;
    }

    @Test
    void oneHotThingLeavesConnectionsToOthers() throws Exception {
        List<Together.Running<Outcome<Order>>> writers = new ArrayList<>(List.of(holder()));
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "writer-" + writer;
            writers.add(Together.async(() -> order(PATIENT, "acme", key, "tea")));
        }
        for (Together.Running<Outcome<Order>> waiting : writers.subList(1, writers.size())) {
            waiting.awaitBlocked();
        }

        assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                .as("the holder's")
                .isEqualTo(1);
        assertThat(order(PATIENT, "acme", "other-thing", "milk").replayed()).isFalse();
        release.countDown();
        for (Together.Running<Outcome<Order>> writer : writers) {
            assertThat(writer.get(30, TimeUnit.SECONDS).replayed()).isFalse();
        }
        assertThat(mostInHandler).hasValue(1);
        assertThat(shop.orders()).isEqualTo(WRITERS + 2);
    }

    @Test
    void anotherTenantsThingOfThatNameIsAnotherThing() throws Exception {
        Together.Running<Outcome<Order>> holder = holder();
        Together.Running<Outcome<Order>> other = Together.async(() -> order(PATIENT, "globex", "theirs", "tea"));
        await(() -> mostInHandler.get() == 2);
        release.countDown();

        assertThat(holder.get(10, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(other.get(10, TimeUnit.SECONDS).replayed()).isFalse();
    }

    @Test
    void whoseTurnDoesNotComeIsRefusedAndHasItUnderTheSameKeyLater() throws Exception {
        Together.Running<Outcome<Order>> holder = holder();

        assertThatThrownBy(() -> order(HASTY, "acme", "hasty", "tea"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        refusal -> assertThat(refusal.retryable()).isTrue());
        assertThat(shop.orders()).isZero();
        release.countDown();
        holder.get(10, TimeUnit.SECONDS);
        assertThat(order(HASTY, "acme", "hasty", "tea").replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void whoIsInterruptedWhileWaitingWritesNothingAndGivesItsPlaceToTheNext() throws Exception {
        Together.Running<Outcome<Order>> holder = holder();
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        Thread waiting = new Thread(() -> {
            started.countDown();
            try {
                order(PATIENT, "acme", "interrupted", "tea");
            } catch (UnavailableException e) {
                refused.set(Thread.currentThread().isInterrupted() ? 1 : 2);
            }
        });
        waiting.start();
        started.await();
        waiting.interrupt();
        waiting.join(10_000);
        Together.Running<Outcome<Order>> next = Together.async(() -> order(PATIENT, "acme", "next", "tea"));
        release.countDown();

        assertThat(refused).as("is still interrupted").hasValue(1);
        holder.get(10, TimeUnit.SECONDS);
        assertThat(next.get(10, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void aFailureEndsItsTurn() {
        NewOrder impossible = new NewOrder("milk", null);
        assertThatThrownBy(() -> semel.execute(PATIENT, Shop.caller("acme"), Key.of("fails"), impossible))
                .isNotInstanceOf(UnavailableException.class);

        assertThat(order(PATIENT, "acme", "after", "milk").replayed()).isFalse();
    }

    @Test
    void callsThatShareATransactionNeverWaitTogether() {
        Operation.Builder<NewOrder, Order> both = Operation.standard("both", NewOrder.class, Order.class)
                .coalesced()
                .inTurn((order, variables) -> order.item());

        assertThatThrownBy(both::build).isInstanceOf(IllegalArgumentException.class);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
