package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Handler;
import dev.semel.Outcome;
import dev.semel.testkit.CoalescedShop.Batch;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong in a shared transaction hurts the call whose fault it is, and no other. */
@ExtendWith(PostgresExtension.class)
class CoalescingFailureTest {
    private static final NewOrder CULPRIT = CoalescedShop.order("culprit");

    private final TestDatabase database;
    private final Shop shop;

    CoalescingFailureTest(TestDatabase database) {
        this.database = database;
        shop = Shop.open(database);
    }

    @FunctionalInterface
    private interface Misdeed {
        void on(dev.semel.Write<NewOrder> write) throws Exception;
    }

    /** Sells, and does it to whoever orders from the culprit. */
    private static Handler<NewOrder, Order> doing(Misdeed misdeed) {
        return write -> {
            Order order = CoalescedShop.sell(write);
            if (write.payload().equals(CULPRIT)) {
                misdeed.on(write);
            }
            return order;
        };
    }

    private static void execute(dev.semel.Write<NewOrder> write, String sql) throws SQLException {
        try (var statement = write.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> innocentGuiltyInnocent(CoalescedShop coalesced) throws Exception {
        return coalesced.words(List.of(
                () -> coalesced.pay("one", Shop.TEA),
                () -> coalesced.pay("culprit", CULPRIT),
                () -> coalesced.pay("two", Shop.TEA)));
    }

    private void assertInnocentWroteOnce() {
        for (String key : List.of("one", "two")) {
            assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys k JOIN shop.orders o ON"
                            + " o.id = k.result_id JOIN semel.idempotent_write_audit_log a ON a.result_id = k.result_id"
                            + " JOIN semel.outbox_events e ON e.request_id = k.request_id WHERE k.key = '" + key + "'"))
                    .as(key)
                    .isEqualTo(1);
        }
    }

    @Test
    void handlerThatCommitsBySqlIsRefusedAndHurtsNobody() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(4), doing(write -> execute(write, "COMMIT; BEGIN; SAVEPOINT semel_handler_1")));

        List<String> words = innocentGuiltyInnocent(coalesced);

        assertThat(words.get(0)).isEqualTo("executed");
        assertThat(words.get(2)).isEqualTo("executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(0, 3));
        assertInnocentWroteOnce();
    }

    @Test
    void handlerThatRollsBackBySqlHurtsNobody() throws Exception {
        for (String sql : List.of(
                "ROLLBACK",
                "ROLLBACK; BEGIN; SAVEPOINT semel_handler_1",
                "RELEASE SAVEPOINT semel_handler_1",
                "ROLLBACK; BEGIN; SELECT set_config('semel.tenant', 'acme', true); SAVEPOINT semel_handler_1")) {
            CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> execute(write, sql)));

            List<String> words = innocentGuiltyInnocent(coalesced);

            assertThat(words.get(0)).as(sql).isEqualTo("executed");
            assertThat(words.get(2)).as(sql).isEqualTo("executed");
            assertInnocentWroteOnce();
            shop.run("TRUNCATE shop.orders, semel.idempotency_keys, semel.outbox_events,"
                    + " semel.idempotent_write_audit_log");
        }
    }

    @Test
    void handlerThatGoesOnAfterAFailedStatementFailsAlone() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> {
            try {
                execute(write, "SELECT 1/0");
            } catch (SQLException ignored) {
                return;
            }
            throw new AssertionError("1/0 is a number now");
        }));

        List<String> words = innocentGuiltyInnocent(coalesced);

        assertThat(words.get(0)).isEqualTo("executed");
        assertThat(words.get(1)).isNotEqualTo("executed");
        assertThat(words.get(2)).isEqualTo("executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(2, 1));
        assertInnocentWroteOnce();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void handlerThatLosesTheConnectionHurtsNobody() throws Exception {
        AtomicInteger times = new AtomicInteger();
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> {
            times.incrementAndGet();
            try (var statement = write.connection().createStatement();
                    var row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                database.number("SELECT pg_terminate_backend(" + row.getInt(1) + ", 5000)::int");
            }
            execute(write, "SELECT 1");
        }));

        List<String> words = innocentGuiltyInnocent(coalesced);

        assertThat(words).containsExactly("executed", "UNAVAILABLE", "executed");
        assertThat(times).as("together and alone").hasValue(2);
        assertInnocentWroteOnce();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void errorOfAHandlerIsItsCallsFailure() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> {
            throw new StackOverflowError();
        }));

        assertThat(innocentGuiltyInnocent(coalesced)).containsExactly("executed", "StackOverflowError", "executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(3, 0));
        assertInnocentWroteOnce();
    }

    @Test
    void outOfMemoryLeavesNobodyWaiting() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> {
            throw new OutOfMemoryError("for a test");
        }));

        assertThat(innocentGuiltyInnocent(coalesced)).containsExactly("executed", "OutOfMemoryError", "executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(0, 3));
        assertInnocentWroteOnce();
    }

    @Test
    void nestedFailureThatAHandlerSwallowsFailsItsCallOnly() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), doing(write -> {
            try {
                write.nested(CoalescedShop.NOTE, "no", CoalescedShop.ARSENIC);
            } catch (dev.semel.RejectedException swallowed) {
                return;
            }
            throw new AssertionError("it was not rejected");
        }));

        assertThat(innocentGuiltyInnocent(coalesced)).containsExactly("executed", "NOT_SOLD", "executed");
        assertInnocentWroteOnce();
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.events("order.paid")).isEqualTo(2);
    }

    @Test
    void undeclaredEventAndUniqueViolationFailTheirCallOnly() throws Exception {
        CoalescedShop undeclared =
                CoalescedShop.on(shop.pool(4), doing(write -> write.emit("order.stolen", "order", "x")));
        assertThat(innocentGuiltyInnocent(undeclared))
                .containsExactly("executed", "IllegalArgumentException", "executed");
        CoalescedShop twice = CoalescedShop.on(shop.pool(4), doing(Shop::insert));
        assertThat(innocentGuiltyInnocent(twice)).containsExactly("replayed", "HandlerFailedException", "replayed");
        assertInnocentWroteOnce();
        assertThat(shop.orders()).isEqualTo(2);
    }

    @Test
    void keyThatAWriterWithoutLocksTookMeanwhileIsAReplayAndHurtsNobody() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), write -> {
            if (write.payload().item().equals("tea")) {
                shop.commitElsewhere(write);
            }
            return CoalescedShop.sell(write);
        });

        List<String> words = coalesced.words(List.of(
                () -> coalesced.pay("one", CoalescedShop.order("cup")),
                () -> coalesced.pay("no-locks", Shop.TEA),
                () -> coalesced.pay("two", CoalescedShop.order("cup"))));

        assertThat(words).containsExactly("executed", "replayed", "executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(0, 3));
        assertInnocentWroteOnce();
        assertThat(shop.orders()).isEqualTo(2);
    }

    private DataSource losing(boolean before, AtomicBoolean armed) {
        return InterceptedDataSource.of(shop.pool(4), new StatementHook() {
            private void lose(String sql) throws SQLException {
                if (sql.contains("CLOSE semel_guard") && armed.getAndSet(false)) {
                    throw new SQLException("connection lost", "08006");
                }
            }

            @Override
            public void before(String sql) throws SQLException {
                if (before) {
                    lose(sql);
                }
            }

            @Override
            public void after(String sql) throws SQLException {
                if (!before) {
                    lose(sql);
                }
            }
        });
    }

    @Test
    void answerOfACommitThatIsLostIsFoundForEachCall() throws Exception {
        for (boolean before : new boolean[] {true, false}) {
            CoalescedShop coalesced = CoalescedShop.on(losing(before, new AtomicBoolean(true)), CoalescedShop::sell);

            List<String> words = coalesced.words(List.of(
                    () -> coalesced.pay("one", Shop.TEA),
                    () -> coalesced.pay("no", CoalescedShop.ARSENIC),
                    () -> coalesced.pay("two", Shop.TEA)));

            String word = before ? "executed" : "replayed";
            assertThat(words).containsExactly(word, "NOT_SOLD", word);
            assertThat(coalesced.batches()).containsExactly(new Batch(0, 3));
            assertInnocentWroteOnce();
            assertThat(shop.orders()).isEqualTo(2);
            shop.run("TRUNCATE shop.orders, semel.idempotency_keys, semel.outbox_events,"
                    + " semel.idempotent_write_audit_log");
        }
    }

    @Test
    void rejectionThatRestsOnARolledBackCallIsNotTold() throws Exception {
        AtomicBoolean lose = new AtomicBoolean(true);
        AtomicInteger sold = new AtomicInteger();
        CoalescedShop coalesced = CoalescedShop.on(losing(true, lose), write -> {
            long there = count(write);
            if (there > 0 && lose.get()) {
                throw dev.semel.RejectedException.rule("ONE_IS_ENOUGH", "There is an order already.");
            }
            sold.incrementAndGet();
            return CoalescedShop.sell(write);
        });

        List<String> words =
                coalesced.words(List.of(() -> coalesced.pay("one", Shop.TEA), () -> coalesced.pay("two", Shop.TEA)));

        assertThat(words).containsExactly("executed", "executed");
        assertThat(sold).as("once together, which was lost, and two alone").hasValue(3);
    }

    private static long count(dev.semel.Write<NewOrder> write) throws SQLException {
        try (var statement =
                write.connection().prepareStatement("SELECT count(*) FROM shop.orders WHERE tenant_id = ?")) {
            statement.setString(1, write.tenant());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void transactionsThatLockRowsInOppositeOrderDoNotStall() throws Exception {
        shop.run(
                "CREATE TABLE IF NOT EXISTS shop.stock (tenant_id text, item int, n int, PRIMARY KEY (tenant_id, item));"
                        + " GRANT SELECT, UPDATE ON shop.stock TO semel_app; TRUNCATE shop.stock;"
                        + " INSERT INTO shop.stock VALUES ('acme', 0, 0), ('acme', 1, 0)");
        Handler<NewOrder, Order> handler = write -> {
            try (var statement = write.connection()
                    .prepareStatement("UPDATE shop.stock SET n = n + 1 WHERE tenant_id = ? AND item = ?")) {
                statement.setString(1, write.tenant());
                statement.setInt(2, write.payload().amount().intValue());
                statement.executeUpdate();
            }
            TimeUnit.MILLISECONDS.sleep(10);
            return CoalescedShop.sell(write);
        };
        CoalescedShop here = CoalescedShop.on(shop.pool(8), handler);
        CoalescedShop there = CoalescedShop.on(shop.pool(8), handler);
        List<Together.Running<Outcome<Order>>> holders = List.of(here.hold(), there.hold());
        List<Together.Running<Outcome<Order>>> waiting = new ArrayList<>();
        waiting.addAll(CoalescedShop.wait(stocked(here, "here", 0, 1)));
        waiting.addAll(CoalescedShop.wait(stocked(there, "there", 1, 0)));

        long start = System.nanoTime();
        here.release();
        there.release();
        List<String> words =
                CoalescedShop.endings(waiting).stream().map(CoalescedShop::word).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        for (Together.Running<Outcome<Order>> holder : holders) {
            holder.get(10, TimeUnit.SECONDS);
        }

        assertThat(words).hasSize(12).containsOnly("executed");
        assertThat(took).as("before the deadlock detection would have come").isLessThan(Duration.ofMillis(900));
        assertThat(here.batches().get(0).alone() + there.batches().get(0).alone())
                .isPositive();
        assertThat(database.number("SELECT sum(n) FROM shop.stock")).isEqualTo(12);
        assertThat(shop.orders()).isEqualTo(12);
    }

    private static List<Callable<Outcome<Order>>> stocked(CoalescedShop node, String name, int first, int second) {
        return IntStream.range(0, 6)
                .<Callable<Outcome<Order>>>mapToObj(i ->
                        () -> node.pay(name + i, new NewOrder("tea", new java.math.BigDecimal(i < 3 ? first : second))))
                .toList();
    }

    @Test
    void lockThatSomebodyElseHoldsDelaysTheOthersShortly() throws Exception {
        shop.run(
                "CREATE TABLE IF NOT EXISTS shop.stock (tenant_id text, item int, n int, PRIMARY KEY (tenant_id, item));"
                        + " GRANT SELECT, UPDATE ON shop.stock TO semel_app; TRUNCATE shop.stock;"
                        + " INSERT INTO shop.stock VALUES ('acme', 0, 0)");
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(6),
                doing(write ->
                        execute(write, "UPDATE shop.stock SET n = n + 1 WHERE tenant_id = 'acme' AND item = 0")));
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(List.of(
                () -> coalesced.pay("one", Shop.TEA),
                () -> coalesced.pay("culprit", CULPRIT),
                () -> coalesced.pay("two", Shop.TEA)));
        try (var connection = shop.uncheckedPool(1).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('semel.tenant', 'acme', true);"
                    + "SELECT n FROM shop.stock WHERE tenant_id = 'acme' FOR UPDATE");
            coalesced.release();
            holder.get(5, TimeUnit.SECONDS);
            assertThat(waiting.get(0).get(2, TimeUnit.SECONDS).replayed()).isFalse();
            assertThat(waiting.get(2).get(2, TimeUnit.SECONDS).replayed()).isFalse();
            assertThat(waiting.get(1)).isNotDone();
            connection.rollback();
        }

        assertThat(waiting.get(1).get(5, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(coalesced.batches()).containsExactly(new Batch(1, 2));
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void noConnectionIsToldToAllAtOnce() throws Exception {
        AtomicBoolean empty = new AtomicBoolean();
        DataSource pool = InterceptedDataSource.of(shop.pool(1), new JdbcHook() {
            @Override
            public void before(JdbcCall call) throws SQLException {
                if ("getConnection".equals(call.method()) && empty.get()) {
                    throw new SQLTransientConnectionException("no connection is free");
                }
            }
        });
        CoalescedShop coalesced = CoalescedShop.on(pool, CoalescedShop.oneAtATime(), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        List<Together.Running<Outcome<Order>>> waiting =
                CoalescedShop.wait(List.of(() -> coalesced.pay("one", Shop.TEA), () -> coalesced.pay("two", Shop.TEA)));
        empty.set(true);
        coalesced.release();
        holder.get(5, TimeUnit.SECONDS);

        assertThat(CoalescedShop.endings(waiting).stream()
                        .map(CoalescedShop::word)
                        .toList())
                .containsExactly("UNAVAILABLE", "UNAVAILABLE");
        empty.set(false);
        assertThat(shop.orders()).isZero();
        assertThat(coalesced.pay("one", Shop.TEA).replayed()).isFalse();
    }
}
