package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.UUID;
import javax.sql.DataSource;
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

    private static OperationUnderTest<NewOrder> tested(
            Operation<NewOrder, Order> operation, Handler<NewOrder, Order> handler) {
        return OperationUnderTest.of(
                        operation,
                        source -> Shop.engine(source, handler)
                                .handle(Shop.ORDER_SET, Shop::orderSet)
                                .build())
                .build(Shop.TEA, Shop.DEARER_TEA);
    }

    private void check(OperationUnderTest<NewOrder> tested) {
        ExactlyOnce.on(database).assertExactlyOnce(tested);
    }

    private void assertBroken(OperationUnderTest<NewOrder> tested, String promise) {
        assertThatThrownBy(() -> ExactlyOnce.on(database).duplicates(5).assertExactlyOnce(tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }

    @Test
    void payOrder() {
        check(tested(Shop.PAY_ORDER, Shop::insertAndEmit));
    }

    @Test
    void placeOrder() {
        check(tested(Shop.PLACE_ORDER, write -> {
            Order order = Shop.insert(write);
            write.emit("order.placed", "orders", order);
            return order;
        }));
    }

    @Test
    void noteOrder() {
        check(tested(Shop.NOTE_ORDER, Shop::insertAndEmit));
    }

    @Test
    void orderSet() {
        check(tested(Shop.ORDER_SET, Shop::insertAndEmit));
    }

    @Test
    void applicationThatTakesEachCallForANewOneIsFound() {
        OperationUnderTest<NewOrder> keyless = OperationUnderTest.<NewOrder>of(
                        Shop.PAY_ORDER,
                        source -> Shop.engine(source, Shop::insertAndEmit).build(),
                        (semel, caller, key, order) -> semel.execute(
                                Shop.PAY_ORDER, caller, Key.of(UUID.randomUUID().toString()), order))
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertBroken(keyless, "payOrder: a retry is a replay");
    }

    @Test
    void applicationThatIgnoresThePayloadIsFound() {
        OperationUnderTest<NewOrder> indifferent = OperationUnderTest.<NewOrder>of(
                        Shop.PAY_ORDER,
                        source -> Shop.engine(source, Shop::insertAndEmit).build(),
                        (semel, caller, key, order) -> semel.execute(Shop.PAY_ORDER, caller, key, Shop.TEA))
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertBroken(indifferent, "something else under the key is refused");
    }

    @Test
    void declaredEventThatIsNotEmittedIsFound() {
        assertBroken(tested(Shop.PAY_ORDER, Shop::insert), "the declared events [order.paid] are emitted");
    }

    @Test
    void effectOutsideTheTransactionIsFound() {
        DataSource behindItsBack = database.pool(2);
        assertBroken(
                tested(Shop.PAY_ORDER, write -> {
                    try (Connection connection = behindItsBack.getConnection();
                            PreparedStatement statement =
                                    connection.prepareStatement("SELECT set_config('semel.tenant', ?, false);"
                                            + "INSERT INTO shop.orders (tenant_id, id, item, amount)"
                                            + " VALUES (?, gen_random_uuid(), 'x', 1)")) {
                        statement.setString(1, write.tenant());
                        statement.setString(2, write.tenant());
                        statement.execute();
                    }
                    return Shop.insertAndEmit(write);
                }),
                "a call that fails leaves nothing, but left {shop.orders=");
    }

    @Test
    void answerThatIsTheSameForEveryTenantIsFound() {
        UUID constant = UUID.randomUUID();
        OperationUnderTest<NewOrder> shared = OperationUnderTest.<NewOrder>of(
                        Shop.PAY_ORDER,
                        source -> Shop.engine(source, Shop::insertAndEmit).build(),
                        (semel, caller, key, order) ->
                                semel.execute(Shop.PAY_ORDER, Shop.caller("tenant-" + constant), key, order))
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertBroken(shared, "an execution leaves a key and an audit row, but left nothing");
    }
}
