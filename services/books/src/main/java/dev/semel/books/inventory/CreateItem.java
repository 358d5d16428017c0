package dev.semel.books.inventory;

import dev.semel.Handler;
import dev.semel.RejectedException;
import dev.semel.Write;

/** Creates an item; what is in stock at first is its first movement. */
public final class CreateItem implements Handler<NewItem, Item> {
    /** Emitted with the {@link Item}. */
    public static final String EVENT = "item.created";

    private final ItemTable items;

    /** Writes into that table. */
    public CreateItem(ItemTable items) {
        this.items = items;
    }

    @Override
    public Item handle(Write<NewItem> write) {
        Item item = items.insert(write.tenant(), write.resultId(), write.payload())
                .orElseThrow(() -> RejectedException.conflict("SKU_TAKEN", "Another item has this sku."));
        write.emit(EVENT, "item:" + item.id(), item);
        return item;
    }
}
