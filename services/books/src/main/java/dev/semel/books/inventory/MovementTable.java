package dev.semel.books.inventory;

import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.item_movements}. Works in the transaction of its caller. */
public final class MovementTable {
    // The item's row is locked until the commit: who had to wait for it judges the quantity that it then finds.
    private static final String MOVE = """
            WITH item AS (
                UPDATE semel_books.items SET quantity = quantity + ?, movement_count = movement_count + 1
                WHERE tenant_id = ? AND id = ? AND quantity + ? BETWEEN 0 AND 999999999999999
                RETURNING tenant_id, id, quantity, movement_count
            )
            INSERT INTO semel_books.item_movements
                (tenant_id, item_id, movement_no, id, delta, quantity_before, reason)
            SELECT item.tenant_id, item.id, item.movement_count, ?, ?, item.quantity - ?, ? FROM item
            RETURNING id, item_id, movement_no, delta, quantity, reason, created_at
            """;
    private static final String FIND = """
            SELECT id, item_id, movement_no, delta, quantity, reason, created_at FROM semel_books.item_movements
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String PAGE = """
            SELECT id, item_id, movement_no, delta, quantity, reason, created_at FROM semel_books.item_movements
            WHERE tenant_id = ? AND item_id = ? AND movement_no > ?
            ORDER BY movement_no
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public MovementTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Moves the item's quantity; empty if there is no such item or it would leave its bounds. */
    Optional<Movement> move(String tenant, UUID id, UUID item, Adjustment asked) {
        long delta = asked.delta();
        return jdbc.sql(MOVE)
                .params(delta, tenant, item, delta)
                .params(id, delta, delta, asked.reason())
                .query(MovementTable::row)
                .optional();
    }

    /** The tenant's movement of that id. */
    public Optional<Movement> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(MovementTable::row).optional();
    }

    Page<Movement> page(String tenant, UUID item, PageRequest request) {
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, item, NumberPosition.of(request).number(), request.fetch())
                        .query(MovementTable::row)
                        .list(),
                request,
                movement -> new NumberPosition(movement.movementNo()).cursor());
    }

    private static Movement row(ResultSet row, int number) throws SQLException {
        return new Movement(
                row.getObject("id", UUID.class),
                row.getObject("item_id", UUID.class),
                row.getLong("movement_no"),
                row.getLong("delta"),
                row.getLong("quantity"),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
