package dev.semel.testkit;

import dev.semel.Coalescing;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.Write;
import dev.semel.WriteListener;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The shop with operations whose calls share transactions. One transaction at a time for a tenant, so that a test decides who
 * waits with whom: it holds that one until all are there.
 */
final class CoalescedShop {
    static final Operation<NewOrder, Order> PAY = Operation.financial("payOrder", NewOrder.class, Order.class)
            .emits("order.paid")
            .rejects(RejectedException.Reason.RULE, "NOT_SOLD", "ONE_IS_ENOUGH")
            .coalesced()
            .build();
    static final Operation<NewOrder, Order> PLACE = Operation.highRisk("placeOrder", NewOrder.class, Order.class)
            .emits("order.paid")
            .workflow("order-placed")
            .rejects(RejectedException.Reason.RULE, "NOT_SOLD", "ONE_IS_ENOUGH")
            .coalesced()
            .build();
    static final Operation<NewOrder, Order> NOTE = Operation.standard("noteOrder", NewOrder.class, Order.class)
            .emits("order.paid")
            .rejects(RejectedException.Reason.RULE, "NOT_SOLD", "ONE_IS_ENOUGH")
            .rememberRejections()
            .coalesced()
            .build();
    static final Operation<NewOrder, Order> ORDER_SET = Operation.highRisk("orderSet", NewOrder.class, Order.class)
            .emits("order.paid")
            .emits("order.placed")
            .workflow("order-set")
            .rejects(RejectedException.Reason.RULE, "NOT_SOLD", "ONE_IS_ENOUGH")
            .coalesced()
            .build();

    static final NewOrder ARSENIC = order("arsenic");
    static final NewOrder BROKEN = order("broken");
    private static final NewOrder HOLD = order("hold");

    /** What became of calls that waited at one moment. */
    record Batch(int together, int alone) {}

    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final Handler<NewOrder, Order> handler;
    private final Semel semel;
    private CountDownLatch held = new CountDownLatch(1);
    private CountDownLatch released = new CountDownLatch(1);

    private CoalescedShop(
            DataSource source, Coalescing limits, Handler<NewOrder, Order> handler, Consumer<Semel.Builder> more) {
        this.handler = handler;
        Semel.Builder builder = engine(source, this::handle).coalescing(limits).listener(listener());
        more.accept(builder);
        this.semel = builder.build();
    }

    static CoalescedShop on(DataSource source, Handler<NewOrder, Order> handler) {
        return on(source, oneAtATime(), handler);
    }

    static CoalescedShop on(DataSource source, Coalescing limits, Handler<NewOrder, Order> handler) {
        return new CoalescedShop(source, limits, handler, builder -> {});
    }

    static CoalescedShop on(DataSource source, Handler<NewOrder, Order> handler, Consumer<Semel.Builder> more) {
        return new CoalescedShop(source, oneAtATime(), handler, more);
    }

    static Coalescing oneAtATime() {
        return Coalescing.ofDefaults().withTransactionsPerTenant(1).withPatience(Duration.ofSeconds(30));
    }

    static Semel.Builder engine(DataSource source, Handler<NewOrder, Order> handler) {
        return Semel.builder(Transactions.of(source), JacksonCodec.ofDefaults())
                .handle(PAY, handler)
                .recall(PAY, Shop::find)
                .handle(PLACE, handler)
                .handle(NOTE, handler)
                .handle(ORDER_SET, write -> {
                    Order order = handler.handle(write);
                    write.nested(NOTE, "cup", order("cup"));
                    write.emit("order.placed", "item-" + order.item(), order);
                    return order;
                });
    }

    private WriteListener listener() {
        return new WriteListener() {
            @Override
            public void coalesced(int together, int alone) {
                batches.add(new Batch(together, alone));
            }
        };
    }

    private Order handle(Write<NewOrder> write) throws Exception {
        if (write.payload().equals(HOLD)) {
            held.countDown();
            if (!released.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
            return new Order(write.resultId(), "hold", BigDecimal.ONE);
        }
        return handler.handle(write);
    }

    /** A handler that sells tea, rejects what nobody may sell, and breaks. */
    static Order sell(Write<NewOrder> write) throws Exception {
        Order order = Shop.insertAndEmit(write);
        if (write.payload().item().equals("arsenic")) {
            throw RejectedException.rule("NOT_SOLD", "Not here.");
        }
        if (write.payload().item().equals("broken")) {
            throw new IllegalStateException("broken");
        }
        return order;
    }

    static NewOrder order(String item) {
        return new NewOrder(item, new BigDecimal("1.50"));
    }

    Semel semel() {
        return semel;
    }

    List<Batch> batches() {
        return batches;
    }

    Outcome<Order> pay(String key, NewOrder order) {
        return ask(PAY, key, order);
    }

    Outcome<Order> ask(Operation<NewOrder, Order> operation, String key, NewOrder order) {
        return semel.execute(operation, Shop.caller("acme"), Key.of(key), order);
    }

    /** Holds acme's only transaction until the calls wait, one behind the other, and lets them go. How each ended, in their order. */
    <T> List<Together.Ending<T>> together(List<Callable<T>> calls) throws Exception {
        Together.Running<Outcome<Order>> holder = hold();
        List<Together.Running<T>> waiting = wait(calls);
        release();
        holder.get(30, TimeUnit.SECONDS);
        return endings(waiting);
    }

    /** As {@link #together}: how each ended, in a word. */
    List<String> words(List<Callable<Outcome<Order>>> calls) throws Exception {
        return together(calls).stream().map(CoalescedShop::word).toList();
    }

    Together.Running<Outcome<Order>> hold() throws InterruptedException {
        held = new CountDownLatch(1);
        released = new CountDownLatch(1);
        Together.Running<Outcome<Order>> holder = Together.async(() -> pay("hold-" + System.nanoTime(), HOLD));
        if (!held.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the holder never started");
        }
        return holder;
    }

    void release() {
        released.countDown();
    }

    static <T> List<Together.Running<T>> wait(List<Callable<T>> calls) throws InterruptedException {
        List<Together.Running<T>> waiting = new ArrayList<>();
        for (Callable<T> call : calls) {
            Together.Running<T> one = Together.async(call);
            one.awaitBlocked();
            waiting.add(one);
        }
        return waiting;
    }

    static <T> List<Together.Ending<T>> endings(List<Together.Running<T>> running) throws Exception {
        List<Together.Ending<T>> endings = new ArrayList<>();
        for (Together.Running<T> one : running) {
            endings.add(ending(one));
        }
        return endings;
    }

    private static <T> Together.Ending<T> ending(Together.Running<T> one) throws Exception {
        try {
            return new Together.Ending.Returned<>(one.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return new Together.Ending.Threw<>(failed.getCause());
        }
    }

    /** How an order ended, in a word. */
    static String word(Together.Ending<Outcome<Order>> ending) {
        if (ending instanceof Together.Ending.Returned<Outcome<Order>> returned) {
            return returned.value().replayed() ? "replayed" : "executed";
        }
        Throwable failure = ((Together.Ending.Threw<Outcome<Order>>) ending).failure();
        return failure instanceof dev.semel.SemelException known
                ? known.code()
                : failure.getClass().getSimpleName();
    }
}
