package dev.semel.testkit;

import dev.semel.Handler;
import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.testkit.OperationUnderTest.Application;
import dev.semel.testkit.OperationUnderTest.Asking;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The shop's operations as the kit tries them, sound and faulty. */
final class TestedShop {
    static final OperationUnderTest<NewOrder> PAY_ORDER = with(Shop.PAY_ORDER, Shop::insertAndEmit);
    static final OperationUnderTest<NewOrder> PLACE_ORDER = with(Shop.PLACE_ORDER, write -> {
        Order order = Shop.insert(write);
        write.emit("order.placed", "orders", order);
        return order;
    });
    static final OperationUnderTest<NewOrder> NOTE_ORDER = with(Shop.NOTE_ORDER, Shop::insertAndEmit);
    static final OperationUnderTest<NewOrder> REJECTED_NOTE = with(Shop.NOTE_ORDER, write -> {
        Shop.insertAndEmit(write);
        throw RejectedException.rule("OUT_OF_TEA", "No tea left.");
    });
    /** Several events and a write inside the write. */
    static final OperationUnderTest<NewOrder> ORDER_SET = OperationUnderTest.of(
                    Shop.ORDER_SET, application(Shop::insertAndEmit))
            .emits("order.placed", 2)
            .build(Shop.TEA, Shop.DEARER_TEA);

    private TestedShop() {}

    static OperationUnderTest<NewOrder> with(Operation<NewOrder, Order> operation, Handler<NewOrder, Order> handler) {
        return OperationUnderTest.of(operation, application(handler)).build(Shop.TEA, Shop.DEARER_TEA);
    }

    static OperationUnderTest<NewOrder> asking(Operation<NewOrder, Order> operation, Asking<NewOrder> asking) {
        return OperationUnderTest.of(operation, application(Shop::insertAndEmit), asking)
                .build(Shop.TEA, Shop.DEARER_TEA);
    }

    private static Application application(Handler<NewOrder, Order> handler) {
        return source -> Shop.engine(source, handler)
                .handle(Shop.ORDER_SET, Shop::orderSet)
                .build();
    }

    /** Inserts an order of that tenant in a transaction of its own. */
    static void insertElsewhere(DataSource source, String tenant) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT set_config('semel.tenant', ?, false);"
                                + "INSERT INTO shop.orders (tenant_id, id, item, amount) VALUES (?, gen_random_uuid(), 'x', 1)")) {
            statement.setString(1, tenant);
            statement.setString(2, tenant);
            statement.execute();
        }
    }

    static Handler<NewOrder, Order> alsoInsertingElsewhere(DataSource source) {
        return write -> {
            insertElsewhere(source, write.tenant());
            return Shop.insertAndEmit(write);
        };
    }

    static Order insertUnderRandomId(Write<NewOrder> write) throws SQLException {
        Order order = Shop.insert(write, java.util.UUID.randomUUID());
        write.emit("order.paid", "orders", order);
        return order;
    }
}
