package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyExpiredException;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.testkit.Shop.NewOrder;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract holds for the shop's operations, and is broken by applications that break it. */
@ExtendWith(PostgresExtension.class)
class ExactlyOnceTest {
    private final TestDatabase database;

    ExactlyOnceTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    private void check(OperationUnderTest<NewOrder> tested) {
        ExactlyOnce.on(database).assertExactlyOnce(tested);
    }

    private void assertBroken(OperationUnderTest<NewOrder> tested, String promise) {
        assertThatThrownBy(() -> ExactlyOnce.on(database).duplicates(6).assertExactlyOnce(tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }

    @Test
    void payOrder() {
        check(TestedShop.PAY_ORDER);
    }

    @Test
    void placeOrder() {
        check(TestedShop.PLACE_ORDER);
    }

    @Test
    void noteOrder() {
        check(TestedShop.NOTE_ORDER);
    }

    @Test
    void orderSet() {
        check(TestedShop.ORDER_SET);
    }

    @Test
    void applicationThatTakesEachCallForANewOneIsFound() {
        assertBroken(
                TestedShop.asking(
                        Shop.PAY_ORDER,
                        (semel, caller, key, order) -> semel.execute(Shop.PAY_ORDER, caller, randomKey(), order)),
                "payOrder: a retry is a replay");
    }

    private static Key randomKey() {
        return Key.of(UUID.randomUUID().toString());
    }

    @Test
    void applicationThatIgnoresThePayloadIsFound() {
        assertBroken(
                TestedShop.asking(
                        Shop.PAY_ORDER,
                        (semel, caller, key, order) -> semel.execute(Shop.PAY_ORDER, caller, key, Shop.TEA)),
                "something else under the key is refused");
    }

    @Test
    void applicationThatUsesAKeyOfItsOwnIsFound() {
        assertBroken(
                TestedShop.asking(
                        Shop.PAY_ORDER,
                        (semel, caller, key, order) ->
                                semel.execute(Shop.PAY_ORDER, caller, Key.of(key.value() + "!"), order)),
                "the result id of a tenant's key is");
    }

    @Test
    void declaredEventThatIsNotEmittedIsFound() {
        assertBroken(TestedShop.with(Shop.PAY_ORDER, Shop::insert), "the declared events [order.paid] are emitted");
    }

    @Test
    void eventThatIsEmittedTwiceIsFound() {
        assertBroken(
                TestedShop.with(Shop.PAY_ORDER, write -> {
                    write.emit("order.paid", "orders", write.payload());
                    return Shop.insertAndEmit(write);
                }),
                "the declared events [order.paid] are emitted, but there are [order.paid, order.paid]");
    }

    @Test
    void effectOutsideTheTransactionIsFound() {
        assertBroken(
                TestedShop.with(Shop.PAY_ORDER, TestedShop.alsoInsertingElsewhere(database.pool(2))),
                "a call that fails leaves nothing, but left {shop.orders=");
    }

    @Test
    void randomIdIsFound() {
        assertBroken(
                TestedShop.with(Shop.PAY_ORDER, TestedShop::insertUnderRandomId),
                "a write that is executed again makes the same rows with the same ids");
    }

    @Test
    void rowOfAnotherTenantIsFound() {
        var behindItsBack = database.pool(2);
        assertBroken(
                TestedShop.with(Shop.PAY_ORDER, write -> {
                    TestedShop.insertElsewhere(behindItsBack, "victim");
                    return Shop.insertAndEmit(write);
                }),
                "an execution touches no other tenant's rows");
    }

    @Test
    void insertOnReplayIsFound() {
        assertBroken(
                onReplay("INSERT INTO shop.orders VALUES ('%s', gen_random_uuid(), 'again', 1)"), "a retry leaves");
    }

    @Test
    void updateOnReplayIsFoundAlthoughNoRowIsAdded() {
        assertBroken(onReplay("UPDATE shop.orders SET amount = amount + 1 WHERE tenant_id = '%s'"), "a retry leaves");
    }

    @Test
    void updateOfAnotherTenantsRowOnReplayIsFound() {
        database.run("INSERT INTO shop.orders VALUES ('victim', gen_random_uuid(), 'tea', 1)");
        assertBroken(
                onReplay("UPDATE shop.orders SET amount = amount + 1 WHERE tenant_id = 'victim' AND '%s' <> ''"),
                "but left {semel.idempotency_keys=1");
    }

    private OperationUnderTest<NewOrder> onReplay(String sql) {
        return TestedShop.asking(Shop.PAY_ORDER, (semel, caller, key, order) -> {
            Outcome<?> outcome = semel.execute(Shop.PAY_ORDER, caller, key, order);
            if (outcome.replayed()) {
                database.run(sql.formatted(caller.tenant()));
            }
            return outcome;
        });
    }

    /** Each node lets its own callers in one by one; what it does beside the write it looks up before, as any node can. */
    @Test
    void effectThatOnlyEachNodeByItselfHasOnceIsFound() {
        Set<String> done = ConcurrentHashMap.newKeySet();
        Exchanger<String> nodes = new Exchanger<>();
        assertBroken(
                TestedShop.asking(Shop.PAY_ORDER, (semel, caller, key, order) -> {
                    synchronized (semel) {
                        if (!done.contains(caller.tenant())) {
                            meet(nodes);
                            insert(caller);
                            done.add(caller.tenant());
                        }
                    }
                    return semel.execute(Shop.PAY_ORDER, caller, key, order);
                }),
                "a storm of 6 duplicates on two nodes leaves");
    }

    private static void meet(Exchanger<String> nodes) throws InterruptedException {
        try {
            nodes.exchange("here", 300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alone) {
            return;
        }
    }

    private void insert(Caller caller) {
        database.run(
                "INSERT INTO shop.orders VALUES ('%s', gen_random_uuid(), 'beside', 1)".formatted(caller.tenant()));
    }

    @Test
    void recallThatFindsNothingIsFound() {
        OperationUnderTest<NewOrder> forgetful = OperationUnderTest.of(
                        Shop.PAY_ORDER,
                        source -> Shop.engine(source, Shop::insertAndEmit)
                                .recall(Shop.PAY_ORDER, (connection, tenant, id) -> Optional.empty())
                                .build())
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertBroken(forgetful, "a retry whose key has been pruned is not answered");
    }

    @Test
    void lateRetryThatIsExecutedUnderANewKeyIsFound() {
        assertBroken(
                TestedShop.asking(Shop.NOTE_ORDER, (semel, caller, key, order) -> {
                    try {
                        return semel.execute(Shop.NOTE_ORDER, caller, key, order);
                    } catch (KeyExpiredException expired) {
                        return semel.execute(Shop.NOTE_ORDER, caller, randomKey(), order);
                    }
                }),
                "a late retry that is executed anew keeps the write's result id");
    }

    @Test
    void lateRejectionThatWritesIsFound() {
        var beside = database.pool(2);
        assertBroken(
                rejectingLate(tenant -> TestedShop.insertElsewhere(beside, tenant)),
                "a late retry that is rejected writes nothing");
    }

    @Test
    void lateRejectionThatWritesNothingIsSound() {
        check(rejectingLate(tenant -> {}));
    }

    private static OperationUnderTest<NewOrder> rejectingLate(Effect effect) {
        return TestedShop.asking(Shop.NOTE_ORDER, (semel, caller, key, order) -> {
            try {
                return semel.execute(Shop.NOTE_ORDER, caller, key, order);
            } catch (KeyExpiredException expired) {
                effect.on(caller.tenant());
                throw RejectedException.rule("TOO_LATE", "The order was noted long ago.");
            }
        });
    }

    /** What an application does beside its writes. */
    @FunctionalInterface
    private interface Effect {
        void on(String tenant) throws SQLException;
    }

    @Test
    void lateRejectionThatIsRememberedIsSound() {
        check(TestedShop.with(Shop.NOTE_ORDER, write -> {
            if (Shop.find(write.connection(), write.tenant(), write.resultId()).isPresent()) {
                throw RejectedException.rule("TOO_LATE", "The order was noted long ago.");
            }
            return Shop.insertAndEmit(write);
        }));
    }

    @Test
    void answerThatIsTheSameForEveryTenantIsFound() {
        String constant = "tenant-" + UUID.randomUUID();
        assertBroken(
                TestedShop.asking(
                        Shop.PAY_ORDER,
                        (semel, caller, key, order) ->
                                semel.execute(Shop.PAY_ORDER, Shop.caller(constant), key, order)),
                "an execution touches no other tenant's rows");
    }
}
