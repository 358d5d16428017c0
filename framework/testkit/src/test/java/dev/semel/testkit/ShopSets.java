package dev.semel.testkit;

import dev.semel.Write;
import dev.semel.testkit.Shop.NewOrder;
import dev.semel.testkit.Shop.Order;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The shop's orders, many at once. */
final class ShopSets {
    private static final String INSERT_ALL = """
            INSERT INTO shop.orders (tenant_id, id, item, amount)
            SELECT ?, made.* FROM unnest(?::uuid[], ?::text[], ?::numeric[]) AS made""";

    private ShopSets() {}

    /** Leaves out what is not sold. */
    static Map<UUID, Order> sellAll(List<Write<NewOrder>> writes) throws SQLException {
        List<Write<NewOrder>> sold = writes.stream()
                .filter(write -> !write.payload().item().equals("arsenic"))
                .toList();
        Map<UUID, Order> orders = new HashMap<>();
        for (Write<NewOrder> write : sold) {
            Order order = new Order(
                    write.resultId(), write.payload().item(), write.payload().amount());
            orders.put(write.resultId(), order);
            write.emit("order.paid", "order-" + order.id(), order);
        }
        insert(sold);
        return orders;
    }

    private static void insert(List<Write<NewOrder>> sold) throws SQLException {
        if (sold.isEmpty()) {
            return;
        }
        Connection connection = sold.get(0).connection();
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ALL)) {
            statement.setString(1, sold.get(0).tenant());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid", sold.stream().map(Write::resultId).toArray(UUID[]::new)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            sold.stream().map(write -> write.payload().item()).toArray(String[]::new)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "numeric",
                            sold.stream().map(write -> write.payload().amount()).toArray(BigDecimal[]::new)));
            statement.executeUpdate();
        }
    }
}
