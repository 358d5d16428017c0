package dev.semel.books.inventory;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import dev.semel.spring.web.PathIds;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes of items and their movements. */
@RestController
@RequestMapping("/api/items")
public final class ItemController {
    private final CreateItem createItem;
    private final AdjustInventory adjustInventory;
    private final ItemTable items;
    private final MovementTable movements;
    private final TenantReads reads;

    /** Serves the handlers and the tables. */
    public ItemController(
            CreateItem createItem,
            AdjustInventory adjustInventory,
            ItemTable items,
            MovementTable movements,
            TenantReads reads) {
        this.createItem = createItem;
        this.adjustInventory = adjustInventory;
        this.items = items;
        this.movements = movements;
        this.reads = reads;
    }

    /** Creates an item. */
    @PostMapping
    @Gate("createItem")
    public Item create(@RequestBody NewItem body, Write<NewItem> write) {
        return createItem.handle(write);
    }

    /** Changes an item's quantity. */
    @PostMapping("/{id}/adjustments")
    @Gate("adjustInventory")
    public Movement adjust(@PathVariable String id, @RequestBody Adjustment body, Write<Adjustment> write) {
        return adjustInventory.handle(id, write);
    }

    /** The items, in the order of their creation. */
    @GetMapping
    public Page<Item> list(
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        return reads.read(request, tenant -> items.page(tenant, page));
    }

    /** One item. */
    @GetMapping("/{id}")
    public Item get(@PathVariable String id, HttpServletRequest request) {
        return reads.read(request, tenant -> find(tenant, PathIds.parse(id, "item")));
    }

    /** The item's movements, in their order; the first is what was in stock when it was created. */
    @GetMapping("/{id}/adjustments")
    public Page<Movement> adjustments(
            @PathVariable String id,
            @RequestParam(defaultValue = PageRequest.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        PageRequest page = new PageRequest(limit, cursor);
        UUID item = PathIds.parse(id, "item");
        return reads.read(
                request, tenant -> movements.page(tenant, find(tenant, item).id(), page));
    }

    private Item find(String tenant, UUID id) {
        return items.find(tenant, id).orElseThrow(() -> PathIds.notFound("item"));
    }
}
