package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Coalescing;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.ReentryException;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.CoalescedShop.Batch;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §3, coalescing: calls that wait together share a transaction, and each keeps what it has alone. */
@ExtendWith(PostgresExtension.class)
class CoalescingTest {
    private final TestDatabase database;
    private final Shop shop;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    CoalescingTest(TestDatabase database) {
        this.database = database;
        shop = Shop.open(database);
    }

    private CoalescedShop selling() {
        return CoalescedShop.on(shop.pool(10), CoalescedShop::sell);
    }

    private DataSource observed(int size) {
        return InterceptedDataSource.of(shop.pool(size), new StatementHook() {
            @Override
            public void before(String sql) {
                sent.add(sql);
            }
        });
    }

    private static List<String> words(List<Together.Ending<Outcome<Order>>> endings) {
        return endings.stream().map(CoalescedShop::word).toList();
    }

    private static List<Callable<Outcome<Order>>> payments(CoalescedShop coalesced, int number) {
        return IntStream.range(0, number)
                .<Callable<Outcome<Order>>>mapToObj(i -> () -> coalesced.pay("pay-" + i, Shop.TEA))
                .toList();
    }

    @Test
    void callsThatWaitTogetherShareATransactionAndEachHasItsRows() throws Exception {
        CoalescedShop coalesced = selling();

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(payments(coalesced, 20));

        assertThat(words(endings)).hasSize(20).containsOnly("executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(20, 0));
        assertThat(shop.orders()).isEqualTo(20);
        assertThat(shop.keys()).isEqualTo(21);
        assertThat(shop.auditRows()).isEqualTo(21);
        assertThat(shop.events("order.paid")).isEqualTo(20);
        assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM semel.idempotency_keys"))
                .as("the holder's transaction and theirs")
                .isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys k"
                        + " JOIN semel.idempotent_write_audit_log a USING (tenant_id, key, result_id, request_id, payload_hash)"
                        + " JOIN semel.outbox_events e USING (tenant_id, request_id)"
                        + " JOIN shop.orders o ON o.tenant_id = k.tenant_id AND o.id = k.result_id"
                        + " WHERE a.status = 'EXECUTED' AND e.number = 0 AND k.response_type = 'payOrder.v1'"
                        + " AND k.purge_at > k.expires_at AND e.ordering_key = 'order-' || o.id"
                        + " AND convert_from(k.response_body, 'UTF8') LIKE '%' || o.id || '%'"))
                .as("each with what is its own")
                .isEqualTo(20);
    }

    @Test
    void replayOfACallThatSharedATransactionIsTheSameBytes() throws Exception {
        CoalescedShop coalesced = selling();
        List<Outcome<Order>> first = Together.returned(coalesced.together(payments(coalesced, 3)));
        List<Outcome<Order>> again = Together.returned(coalesced.together(payments(coalesced, 3)));
        Semel plain = shop.node(2);

        assertThat(again).allMatch(Outcome::replayed);
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i).snapshot()).isEqualTo(first.get(i).snapshot());
            assertThat(Shop.pay(plain, "pay-" + i, Shop.TEA).snapshot())
                    .isEqualTo(first.get(i).snapshot());
        }
        assertThat(coalesced.batches()).containsExactly(new Batch(3, 0), new Batch(3, 0));
    }

    @Test
    void manyCallsCostOneRoundTripEachBesidesTheirHandlersAndOneMore() throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(observed(2), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(payments(coalesced, 5));
        sent.clear();
        coalesced.release();
        holder.get(10, TimeUnit.SECONDS);
        Together.returned(CoalescedShop.endings(waiting));

        List<String> theirs = sent.stream()
                .filter(sql -> !sql.equals("commit"))
                .skip(1) // the holder's end
                .toList();
        assertThat(theirs).hasSize(5 + 1 + 5);
        assertThat(theirs.get(0)).contains("pg_try_advisory_xact_lock", "FROM semel.idempotency_keys", "SAVEPOINT");
        for (int i = 1; i < 10; i += 2) {
            assertThat(theirs.get(i)).contains("INSERT INTO shop.orders");
        }
        for (int i = 2; i < 10; i += 2) {
            assertThat(theirs.get(i)).contains("RELEASE SAVEPOINT", "SAVEPOINT");
        }
        assertThat(theirs.get(10))
                .contains("INTO semel.idempotency_keys", "INTO semel.idempotent_write_audit_log")
                .contains("INTO semel.outbox_events")
                .endsWith("COMMIT");
    }

    @Test
    void callAloneCostsWhatItCostsWithoutCoalescing() {
        Semel plain = Shop.engine(observed(1), Shop::insertAndEmit).build();
        Shop.pay(plain, "plain", Shop.TEA);
        Shop.pay(plain, "plain", Shop.TEA);
        List<String> without = List.copyOf(sent);
        sent.clear();
        CoalescedShop coalesced = CoalescedShop.on(observed(1), Coalescing.ofDefaults(), CoalescedShop::sell);

        coalesced.pay("alone", Shop.TEA);
        coalesced.pay("alone", Shop.TEA);

        assertThat(sent).isEqualTo(without);
        assertThat(coalesced.batches()).isEmpty();
    }

    @Test
    void batchesOfOneShareNothingAndWaitForNothing() throws Exception {
        CoalescedShop coalesced =
                CoalescedShop.on(shop.pool(10), CoalescedShop.oneAtATime().withBatchSize(1), CoalescedShop::sell);
        Together.Running<Outcome<Order>> holder = coalesced.hold();

        Outcome<Order> other = coalesced.pay("meanwhile", Shop.TEA);

        assertThat(other.replayed()).isFalse();
        coalesced.release();
        assertThat(holder.get(10, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(coalesced.batches()).isEmpty();
    }

    @Test
    void failureOfOneCallLeavesTheOthersAsTheyWere() throws Exception {
        CoalescedShop coalesced = selling();

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> coalesced.pay("rejected", CoalescedShop.ARSENIC),
                () -> coalesced.pay("one", Shop.TEA),
                () -> coalesced.pay("broken", CoalescedShop.BROKEN),
                () -> coalesced.pay("two", Shop.TEA),
                () -> coalesced.pay("last", CoalescedShop.ARSENIC)));

        assertThat(words(endings))
                .containsExactly("NOT_SOLD", "executed", "IllegalStateException", "executed", "NOT_SOLD");
        assertThat(coalesced.batches()).containsExactly(new Batch(5, 0));
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.keys()).isEqualTo(3);
        assertThat(shop.auditRows()).isEqualTo(3);
        assertThat(shop.events("order.paid")).isEqualTo(2);
        assertThat(coalesced.pay("rejected", Shop.TEA).replayed())
                .as("its key is free")
                .isFalse();
    }

    @Test
    void callsThatAllFailLeaveNothing() throws Exception {
        CoalescedShop coalesced = selling();

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> coalesced.pay("a", CoalescedShop.ARSENIC), () -> coalesced.pay("b", CoalescedShop.BROKEN)));

        assertThat(words(endings)).containsExactly("NOT_SOLD", "IllegalStateException");
        assertThat(coalesced.batches()).containsExactly(new Batch(2, 0));
        assertThat(shop.orders() + shop.events("order.paid")).isZero();
    }

    @Test
    void usedKeysAndExpiredKeysAreTreatedAsAlone() throws Exception {
        CoalescedShop coalesced = selling();
        coalesced.pay("tombstone", Shop.TEA);
        coalesced.ask(CoalescedShop.NOTE, "expired", Shop.TEA);
        shop.run(
                "DELETE FROM shop.orders WHERE id IN (SELECT result_id FROM semel.idempotency_keys WHERE key = 'expired')");
        shop.expireKeys();
        shop.run("UPDATE semel.idempotency_keys SET response_body = NULL WHERE key = 'tombstone'");
        coalesced.pay("used", Shop.TEA);

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> coalesced.pay("used", Shop.TEA),
                () -> coalesced.pay("tombstone", Shop.TEA),
                () -> coalesced.ask(CoalescedShop.NOTE, "expired", Shop.DEARER_TEA),
                () -> coalesced.pay("fresh", Shop.TEA)));
        List<Together.Ending<Outcome<Order>>> misuses = coalesced.together(List.of(
                () -> coalesced.pay("used", Shop.DEARER_TEA),
                () -> coalesced.pay("tombstone", Shop.DEARER_TEA),
                () -> coalesced.ask(CoalescedShop.NOTE, "fresh", Shop.TEA)));

        assertThat(words(endings)).containsExactly("replayed", "replayed", "executed", "executed");
        assertThat(words(misuses)).hasSize(3).containsOnly("IDEMPOTENCY_KEY_REUSED");
        assertThat(shop.orders()).isEqualTo(4);
    }

    @Test
    void keyThatAnotherNodeIsBusyWithWaitsForItAlone() throws Exception {
        CoalescedShop here = selling();
        CoalescedShop there = selling();
        Together.Running<Outcome<Order>> holder = here.hold();
        List<Together.Running<Outcome<Order>>> waiting = CoalescedShop.wait(payments(here, 3));
        AtomicReference<Together.Running<Outcome<Order>>> duplicate = new AtomicReference<>();
        CoalescedShop slow = CoalescedShop.on(shop.pool(2), write -> {
            here.release();
            TimeUnit.MILLISECONDS.sleep(300);
            return CoalescedShop.sell(write);
        });
        duplicate.set(Together.async(() -> slow.pay("pay-1", Shop.TEA)));

        assertThat(words(CoalescedShop.endings(waiting))).containsExactly("executed", "replayed", "executed");
        holder.get(10, TimeUnit.SECONDS);
        assertThat(duplicate.get().get(10, TimeUnit.SECONDS).replayed()).isFalse();
        assertThat(there.pay("pay-1", Shop.TEA).replayed()).isTrue();
        assertThat(shop.orders()).isEqualTo(3);
    }

    @Test
    void rememberedRejectionIsCommittedWithTheOthersAndAnsweredAgain() throws Exception {
        CoalescedShop coalesced = selling();
        for (boolean replayed : new boolean[] {false, true}) {
            List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                    () -> coalesced.ask(CoalescedShop.NOTE, "no", CoalescedShop.ARSENIC),
                    () -> coalesced.ask(CoalescedShop.NOTE, "yes", Shop.TEA)));

            assertThat(words(endings)).containsExactly("NOT_SOLD", replayed ? "replayed" : "executed");
            assertThat(((Together.Ending.Threw<Outcome<Order>>) endings.get(0)).failure())
                    .isInstanceOfSatisfying(
                            RejectedException.class,
                            rejection -> assertThat(rejection.replayed()).isEqualTo(replayed));
        }
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM semel.idempotent_write_audit_log WHERE status = 'REJECTED'"))
                .isEqualTo(1);
    }

    @Test
    void operationsMayShareATransactionWithNestedWritesAndWorkflows() throws Exception {
        CoalescedShop coalesced = selling();

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> coalesced.ask(CoalescedShop.ORDER_SET, "set-1", Shop.TEA),
                () -> coalesced.ask(CoalescedShop.PLACE, "place", Shop.TEA),
                () -> coalesced.pay("pay", Shop.TEA),
                () -> coalesced.ask(CoalescedShop.ORDER_SET, "set-2", Shop.TEA)));

        assertThat(words(endings)).hasSize(4).containsOnly("executed");
        assertThat(coalesced.batches()).containsExactly(new Batch(4, 0));
        assertThat(shop.orders()).isEqualTo(6);
        assertThat(shop.keys()).isEqualTo(7);
        assertThat(shop.events("workflow.order-set") + shop.events("workflow.order-placed"))
                .isEqualTo(3);
        assertThat(shop.events("order.placed")).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM (SELECT count(*) AS n, max(number) AS last FROM"
                        + " semel.outbox_events GROUP BY request_id, operation_type) AS of_write WHERE n <> last + 1"))
                .as("each write numbers its own events")
                .isZero();
    }

    @Test
    void nestedKeyThatAnotherCallAsksForItselfIsWrittenOnce() throws Exception {
        CoalescedShop coalesced = selling();
        Key child = Key.of("set").child("noteOrder:cup");

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(List.of(
                () -> coalesced
                        .semel()
                        .execute(CoalescedShop.NOTE, Shop.caller("acme"), child, CoalescedShop.order("cup")),
                () -> coalesced.ask(CoalescedShop.ORDER_SET, "set", Shop.TEA)));

        assertThat(coalesced.batches()).containsExactly(new Batch(1, 1));
        assertThat(words(endings)).containsExactly("executed", "executed");
        assertThat(shop.orders()).isEqualTo(2);
        assertThat(shop.keys()).isEqualTo(3);
    }

    @Test
    void eventsOfOneKeyAreInTheOrderInWhichTheirHandlersRan() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), write -> {
            Order made = Shop.insert(write);
            order.add(made.id().toString());
            write.emit("order.paid", "all", made.id());
            return made;
        });

        Together.returned(coalesced.together(payments(coalesced, 30)));

        List<String> stored = IntStream.range(0, 30)
                .mapToObj(i -> database.number("SELECT ('x' || substr(e, 1, 8))::bit(32)::bigint FROM (SELECT"
                        + " trim('\"' FROM convert_from(payload, 'UTF8')) AS e FROM semel.outbox_events"
                        + " WHERE ordering_key = 'all' ORDER BY id OFFSET " + i + " LIMIT 1) AS one"))
                .map(head -> String.format("%08x", head))
                .toList();
        assertThat(stored)
                .isEqualTo(order.stream().map(id -> id.substring(0, 8)).toList());
    }

    @Test
    void tenantsNeverShareATransaction() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Handler<NewOrder, Order> handler = write -> {
            try (var statement = write.connection()
                            .prepareStatement("SELECT current_setting('semel.tenant') || ' ' || pg_current_xact_id()");
                    var row = statement.executeQuery()) {
                row.next();
                seen.add(write.tenant() + " " + row.getString(1));
            }
            return CoalescedShop.sell(write);
        };
        CoalescedShop coalesced =
                CoalescedShop.on(shop.pool(4), CoalescedShop.oneAtATime().withTransactions(1), handler);
        List<Callable<Outcome<Order>>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String tenant = List.of("acme", "globex", "initech").get(i % 3);
            int number = i;
            calls.add(() -> coalesced
                    .semel()
                    .execute(CoalescedShop.PAY, Shop.caller(tenant), Key.of("pay-" + number), Shop.TEA));
        }

        Together.returned(coalesced.together(calls));

        assertThat(coalesced.batches()).hasSize(3).containsOnly(new Batch(4, 0));
        assertThat(seen).hasSize(12).allSatisfy(line -> {
            String[] words = line.split(" ", -1);
            assertThat(words[1]).isEqualTo(words[0]);
        });
        assertThat(seen.stream().distinct()).hasSize(3);
    }

    @Test
    void handlerThatSetsAnotherTenantDoesSoForItselfOnly() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), write -> {
            try (var statement = write.connection().createStatement();
                    var row = statement.executeQuery("SELECT current_setting('semel.tenant')")) {
                row.next();
                seen.add(row.getString(1));
            }
            Order order = CoalescedShop.sell(write);
            try (var statement = write.connection().createStatement()) {
                statement.execute("SELECT set_config('semel.tenant', 'victim', true)");
            }
            return order;
        });

        coalesced.together(payments(coalesced, 3));

        assertThat(seen).isNotEmpty().containsOnly("acme");
        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys WHERE tenant_id <> 'acme'"))
                .isZero();
    }

    @Test
    void writeInsideAHandlerIsRefusedInWhateverThreadItRuns() throws Exception {
        AtomicReference<CoalescedShop> self = new AtomicReference<>();
        CoalescedShop coalesced = CoalescedShop.on(shop.pool(4), write -> {
            self.get().pay("inner-" + write.resultId(), Shop.TEA);
            return CoalescedShop.sell(write);
        });
        self.set(coalesced);

        List<Together.Ending<Outcome<Order>>> endings = coalesced.together(payments(coalesced, 3));

        assertThat(words(endings)).hasSize(3).containsOnly("REENTRY");
        assertThat(shop.orders()).isZero();
        assertThatThrownBy(() -> coalesced.pay("alone", Shop.TEA)).isInstanceOf(ReentryException.class);
    }

    @Test
    void resultBeyondTheCapFailsItsCallOnly() throws Exception {
        Operation<NewOrder, String> wordy = Operation.standard("wordy", NewOrder.class, String.class)
                .maxResultBytes(100)
                .coalesced()
                .build();
        Semel semel = Semel.builder(Transactions.of(shop.pool(2)), JacksonCodec.ofDefaults())
                .handle(
                        wordy,
                        write -> Shop.insert(write)
                                .item()
                                .repeat(write.payload().amount().intValue()))
                .build();

        var results = semel.executeAll(
                wordy,
                Shop.caller("acme"),
                List.of(
                        new dev.semel.KeyedPayload<>(Key.of("short"), CoalescedShop.order("x")),
                        new dev.semel.KeyedPayload<>(
                                Key.of("long"), new NewOrder("x", new java.math.BigDecimal("200")))));

        assertThat(results.get(0)).isInstanceOf(dev.semel.CallResult.Succeeded.class);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        dev.semel.CallResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(dev.semel.ResultTooLargeException.class));
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void stormsOnTwoNodesExecuteEachKeyOnce() throws Exception {
        CoalescedShop here = CoalescedShop.on(shop.pool(4), CoalescedShop::sell);
        CoalescedShop there = CoalescedShop.on(shop.pool(4), CoalescedShop::sell);
        List<Together.Running<Outcome<Order>>> holders = List.of(here.hold(), there.hold());
        List<Together.Running<Outcome<Order>>> waiting = new ArrayList<>();
        waiting.addAll(CoalescedShop.wait(storm(here)));
        waiting.addAll(CoalescedShop.wait(storm(there)));
        here.release();
        there.release();
        for (Together.Running<Outcome<Order>> holder : holders) {
            holder.get(30, TimeUnit.SECONDS);
        }

        List<Outcome<Order>> outcomes = Together.returned(CoalescedShop.endings(waiting));

        int holds = holders.size(); // of keys of their own, without a row
        assertThat(outcomes).filteredOn(outcome -> !outcome.replayed()).hasSize(50);
        assertThat(shop.orders()).isEqualTo(50);
        assertThat(shop.keys()).isEqualTo(50 + holds);
        assertThat(shop.auditRows()).isEqualTo(50 + holds);
        assertThat(shop.events("order.paid")).isEqualTo(50);
        assertThat(here.batches()).isNotEmpty();
        assertThat(there.batches()).isNotEmpty();
    }

    /** Five calls for each of fifty keys. */
    private static List<Callable<Outcome<Order>>> storm(CoalescedShop node) {
        List<Callable<Outcome<Order>>> calls = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            String key = "storm-" + i / 5;
            calls.add(() -> node.pay(key, Shop.TEA));
        }
        return calls;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void handlersOfManyCallersWriteEachOnceUnderLoad(int transactions) throws Exception {
        CoalescedShop coalesced = CoalescedShop.on(
                shop.pool(4), CoalescedShop.oneAtATime().withTransactionsPerTenant(transactions), CoalescedShop::sell);
        List<Callable<Duration>> calls = new ArrayList<>();
        for (int caller = 0; caller < 32; caller++) {
            int number = caller;
            calls.add(() -> {
                long start = System.nanoTime();
                for (int i = 0; i < 30; i++) {
                    coalesced.pay("load-" + number + "-" + i, Shop.TEA);
                }
                return Duration.ofNanos(System.nanoTime() - start);
            });
        }

        Together.returned(Together.run(calls));

        assertThat(shop.orders()).isEqualTo(960);
        assertThat(shop.keys()).isEqualTo(960);
        assertThat(coalesced.batches().stream().mapToInt(Batch::together).sum()).isGreaterThan(480);
        if (transactions == 1) {
            // With another transaction beside it, one may wait too long for an ordering key.
            assertThat(coalesced.batches().stream().mapToInt(Batch::alone).sum())
                    .isZero();
        }
    }
}
