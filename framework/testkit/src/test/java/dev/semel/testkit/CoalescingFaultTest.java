package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.CallResult;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyedPayload;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import dev.semel.testkit.internal.Fault;
import dev.semel.testkit.internal.FaultyCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole contract, and every fault at every JDBC call, for calls that share their transaction with others. */
@ExtendWith(PostgresExtension.class)
class CoalescingFaultTest {
    private final TestDatabase database;

    CoalescingFaultTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    /** The call that is tried goes between one that breaks and one that breaks, whose keys are its own. */
    private static OperationUnderTest<NewOrder> amidBroken(Operation<NewOrder, Order> operation, int orderPlaced) {
        OperationUnderTest.Builder<NewOrder> builder = OperationUnderTest.of(
                operation,
                source -> CoalescedShop.engine(source, CoalescedShop::sell).build(),
                (semel, caller, key, order) -> amidBroken(semel, operation, caller, key, order));
        return (orderPlaced == 0 ? builder : builder.emits("order.placed", orderPlaced))
                .build(Shop.TEA, Shop.DEARER_TEA);
    }

    private static Outcome<Order> amidBroken(
            Semel semel, Operation<NewOrder, Order> operation, Caller caller, Key key, NewOrder order) {
        List<CallResult<Order>> results = semel.executeAll(
                operation,
                caller,
                List.of(
                        new KeyedPayload<>(Key.of(key.value() + "-before"), CoalescedShop.BROKEN),
                        new KeyedPayload<>(key, order),
                        new KeyedPayload<>(Key.of(key.value() + "-behind"), CoalescedShop.BROKEN)));
        assertThat(results.get(0)).isInstanceOf(CallResult.Failed.class);
        assertThat(results.get(2)).isInstanceOf(CallResult.Failed.class);
        if (results.get(1) instanceof CallResult.Failed<Order> failed) {
            throw failed.failure();
        }
        return ((CallResult.Succeeded<Order>) results.get(1)).outcome();
    }

    @Test
    void financialOperationKeepsTheContract() {
        ExactlyOnce.on(database).assertExactlyOnce(amidBroken(CoalescedShop.PAY, 0));
    }

    @Test
    void operationWithAWorkflowKeepsTheContract() {
        ExactlyOnce.on(database).assertExactlyOnce(amidBroken(CoalescedShop.PLACE, 0));
    }

    @Test
    void operationThatRemembersRejectionsKeepsTheContract() {
        ExactlyOnce.on(database).assertExactlyOnce(amidBroken(CoalescedShop.NOTE, 0));
    }

    @Test
    void financialOperationWhateverFails() {
        assertSound(FaultEnumeration.run(database, amidBroken(CoalescedShop.PAY, 0)));
    }

    @Test
    void nestedWritesAndEventsWhateverFails() {
        assertSound(FaultEnumeration.run(database, amidBroken(CoalescedShop.ORDER_SET, 1)));
    }

    private static void assertSound(FaultEnumeration.Report report) {
        assertThat(report.violations()).isEmpty();
        assertThat(report.points()).isGreaterThan(100);
    }

    /** Several at once that each succeed or fail for themselves. */
    @Test
    void eachOfManyCallsIsWholeOrNothingWhateverFails() {
        FaultyCalls faults = new FaultyCalls();
        int points = 0;
        try (HikariDataSource pool = database.pool(4)) {
            Semel semel = CoalescedShop.engine(InterceptedDataSource.of(pool, faults), CoalescedShop::sell)
                    .build();
            new Point(semel, faults).undisturbed();
            int calls = faults.count();
            for (Fault fault : Fault.values()) {
                for (int k = 1; k <= calls; k++) {
                    new Point(semel, faults).tryOut(fault, k);
                    points++;
                }
            }
        }
        System.out.println("Fault enumeration of four calls in one transaction: " + points + " points tried");
        assertThat(points).isGreaterThan(100);
    }

    /** Four calls of a tenant of their own: two that sell, a rejection that is remembered, one that breaks. */
    private final class Point {
        private final Semel semel;
        private final FaultyCalls faults;
        private final Caller caller = new Caller("faults-" + UUID.randomUUID(), "tester", "faults");

        Point(Semel semel, FaultyCalls faults) {
            this.semel = semel;
            this.faults = faults;
        }

        private List<String> ask() {
            List<String> answers = new ArrayList<>();
            semel.executeAll(
                            CoalescedShop.NOTE,
                            caller,
                            List.of(
                                    new KeyedPayload<>(Key.of("one"), Shop.TEA),
                                    new KeyedPayload<>(Key.of("no"), CoalescedShop.ARSENIC),
                                    new KeyedPayload<>(Key.of("broken"), CoalescedShop.BROKEN),
                                    new KeyedPayload<>(Key.of("two"), Shop.DEARER_TEA)))
                    .forEach(result -> answers.add(word(result)));
            return answers;
        }

        private static String word(CallResult<Order> result) {
            if (result instanceof CallResult.Succeeded<Order> succeeded) {
                return succeeded.outcome().result().amount().toPlainString();
            }
            RuntimeException failure = ((CallResult.Failed<Order>) result).failure();
            return failure instanceof dev.semel.SemelException known
                    ? known.code()
                    : failure.getClass().getSimpleName();
        }

        void undisturbed() {
            faults.arm(null, 0);
            assertThat(ask()).containsExactly("12.50", "NOT_SOLD", "IllegalStateException", "12.51");
            assertWhole("undisturbed");
        }

        void tryOut(Fault fault, int k) {
            faults.arm(fault, k);
            List<String> disturbed = ask();
            faults.disarm();
            String where = fault + " at " + k + " ("
                    + faults.fired().lines().findFirst().orElse("none") + "), which was " + disturbed;
            assertThat(faults.fired()).as(where).isNotEmpty();
            assertWhole(where);
            assertTold(disturbed.get(0), "12.50", "one", where);
            assertTold(disturbed.get(3), "12.51", "two", where);

            for (int again = 0; again < 2; again++) {
                assertThat(ask()).as(where).containsExactly("12.50", "NOT_SOLD", "IllegalStateException", "12.51");
                assertThat(rows("shop.orders")).as(where).isEqualTo(2);
                assertThat(rows("semel.idempotency_keys")).as(where).isEqualTo(3);
                assertThat(rows("semel.outbox_events")).as(where).isEqualTo(2);
                assertWhole(where);
            }
        }

        /** What was answered is there; what failed may be, if nobody could know. */
        private void assertTold(String answer, String expected, String key, String where) {
            boolean there = database.number("SELECT count(*) FROM semel.idempotency_keys WHERE tenant_id = '"
                            + caller.tenant() + "' AND key = '" + key + "'")
                    == 1;
            if (answer.equals(expected)) {
                assertThat(there).as(where).isTrue();
            } else {
                assertThat(answer).as(where).isNotEqualTo("REQUEST_IN_PROGRESS");
            }
        }

        private long rows(String table) {
            return database.number("SELECT count(*) FROM " + table + " WHERE tenant_id = '" + caller.tenant() + "'");
        }

        private void assertWhole(String where) {
            String tenant = " WHERE tenant_id = '" + caller.tenant() + "'";
            assertThat(rows("semel.idempotency_keys")).as(where).isEqualTo(rows("semel.idempotent_write_audit_log"));
            assertThat(database.number("SELECT count(*) FROM (SELECT result_id FROM semel.idempotency_keys" + tenant
                            + " AND response_type = 'noteOrder.v1' EXCEPT SELECT id FROM shop.orders" + tenant
                            + ") AS lost"))
                    .as(where)
                    .isZero();
            assertThat(database.number("SELECT count(*) FROM (SELECT id FROM shop.orders" + tenant
                            + " EXCEPT SELECT result_id FROM semel.idempotency_keys" + tenant + ") AS keyless"))
                    .as(where)
                    .isZero();
            assertThat(rows("semel.outbox_events")).as(where).isEqualTo(rows("shop.orders"));
        }
    }
}
