package dev.semel.books.inventory;

import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.items}. Works in the transaction of its caller. */
public final class ItemTable {
    // The first movement has the item's id and no ON CONFLICT: an item that was created under this very id is a
    // collision for the engine to see, not a sku that is taken.
    private static final String INSERT = """
            WITH movement AS (
                INSERT INTO semel_books.item_movements
                    (tenant_id, id, item_id, movement_no, delta, quantity_before, reason)
                VALUES (?, ?, ?, 1, ?, 0, 'initial quantity')
                RETURNING tenant_id, item_id, quantity
            )
            INSERT INTO semel_books.items (tenant_id, id, quantity, sku, name)
            SELECT tenant_id, item_id, quantity, ?, ? FROM movement
            ON CONFLICT (tenant_id, sku) DO NOTHING
            RETURNING id, sku, name, quantity, created_at
            """;
    private static final String FIND = """
            SELECT id, sku, name, quantity, created_at FROM semel_books.items
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String EXISTS = """
            SELECT EXISTS (SELECT FROM semel_books.items WHERE tenant_id = ? AND id = ?)
            """;
    private static final String PAGE = """
            SELECT id, sku, name, quantity, created_at FROM semel_books.items
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ItemTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts the item with its first movement; empty if another item has the sku. */
    Optional<Item> insert(String tenant, UUID id, NewItem item) {
        return jdbc.sql(INSERT)
                .params(tenant, id, id, item.quantity(), item.sku(), item.name())
                .query(ItemTable::row)
                .optional();
    }

    /** The tenant's item of that id. */
    public Optional<Item> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(ItemTable::row).optional();
    }

    boolean exists(String tenant, UUID id) {
        return jdbc.sql(EXISTS).params(tenant, id).query(Boolean.class).single();
    }

    Page<Item> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(ItemTable::row)
                        .list(),
                request,
                item -> new CreationPosition(item.createdAt(), item.id()).cursor());
    }

    private static Item row(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getObject("id", UUID.class),
                row.getString("sku"),
                row.getString("name"),
                row.getLong("quantity"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
