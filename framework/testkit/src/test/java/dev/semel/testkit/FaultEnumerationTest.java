package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FaultEnumerationTest {
    private final TestDatabase database;

    FaultEnumerationTest(TestDatabase database) {
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
                .number("amount", "SELECT sum(amount) FROM shop.orders WHERE tenant_id = ?")
                .build(Shop.TEA, Shop.DEARER_TEA);
    }

    private void assertExactlyOnceWhateverFails(OperationUnderTest<NewOrder> tested) {
        FaultEnumeration.Report report = FaultEnumeration.run(database, tested);

        assertThat(report.violations()).isEmpty();
        assertThat(report.points()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void financialOperationWithAnEvent() {
        assertExactlyOnceWhateverFails(tested(Shop.PAY_ORDER, Shop::insertAndEmit));
    }

    @Test
    void operationThatStartsAWorkflow() {
        assertExactlyOnceWhateverFails(tested(Shop.PLACE_ORDER, Shop::insert));
    }

    @Test
    void operationThatRemembersRejections() {
        assertExactlyOnceWhateverFails(tested(Shop.NOTE_ORDER, Shop::insertAndEmit));
    }

    @Test
    void rememberedRejection() {
        assertExactlyOnceWhateverFails(tested(Shop.NOTE_ORDER, write -> {
            Shop.insertAndEmit(write);
            throw RejectedException.rule("OUT_OF_TEA", "No tea left.");
        }));
    }

    @Test
    void operationWithSeveralEventsAndANestedWrite() {
        assertExactlyOnceWhateverFails(tested(Shop.ORDER_SET, Shop::insertAndEmit));
    }

    @Test
    void handlerThatCommitsHalfIsFound() {
        DataSource behindItsBack = database.pool(2);
        OperationUnderTest<NewOrder> tested = tested(Shop.PLACE_ORDER, write -> {
            insertElsewhere(behindItsBack, write);
            return Shop.insert(write);
        });

        assertThatThrownBy(() -> FaultEnumeration.run(database, tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left {amount=1, shop.orders=1}, failed with")
                .hasMessageContaining("FAILS_FROM_HERE_ON at call");
    }

    private static void insertElsewhere(DataSource source, Write<NewOrder> write) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT set_config('semel.tenant', ?, false);"
                                + "INSERT INTO shop.orders (tenant_id, id, item, amount) VALUES (?, gen_random_uuid(), 'x', 1)")) {
            statement.setString(1, write.tenant());
            statement.setString(2, write.tenant());
            statement.execute();
        }
    }

    @Test
    void engineThatForgetsItsKeysIsFound() {
        OperationUnderTest<NewOrder> forgetful = OperationUnderTest.<NewOrder>of(
                        Shop.PLACE_ORDER,
                        source -> Shop.engine(source, Shop::insert).build(),
                        (semel, caller, key, order) ->
                                semel.execute(Shop.PLACE_ORDER, caller, Key.of(key.value() + System.nanoTime()), order))
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertThatThrownBy(() -> FaultEnumeration.run(database, forgetful))
                .hasMessageContaining("was executed once more after its retry");
    }
}
