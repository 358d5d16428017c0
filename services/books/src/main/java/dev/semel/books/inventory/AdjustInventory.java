package dev.semel.books.inventory;

import dev.semel.RejectedException;
import dev.semel.Write;
import dev.semel.spring.web.Collisions;
import dev.semel.spring.web.PathIds;
import java.util.UUID;

/** Changes an item's quantity, never below zero. Adjustments of one item wait for each other; those of different ones do not. */
public final class AdjustInventory {
    /** Emitted with the {@link Movement}. */
    public static final String EVENT = "inventory.adjusted";

    private final ItemTable items;
    private final MovementTable movements;

    /** Writes into those tables. */
    public AdjustInventory(ItemTable items, MovementTable movements) {
        this.items = items;
        this.movements = movements;
    }

    /**
     * The body of the write.
     *
     * @param id the item's, as the path has it
     * @throws RejectedException if there is no such item, or too little or too much of it
     */
    public Movement handle(String id, Write<Adjustment> write) {
        UUID item = PathIds.parse(id, "item");
        Movement movement = movements
                .move(write.tenant(), write.resultId(), item, write.payload())
                .orElseThrow(() -> refusal(item, write));
        write.emit(EVENT, "item:" + item, movement);
        return movement;
    }

    private RuntimeException refusal(UUID item, Write<Adjustment> write) {
        if (movements.find(write.tenant(), write.resultId()).isPresent()) {
            return Collisions.doneBefore();
        }
        if (!items.exists(write.tenant(), item)) {
            return PathIds.notFound("item");
        }
        return write.payload().delta() < 0
                ? RejectedException.rule("INSUFFICIENT_STOCK", "There is not enough in stock.")
                : RejectedException.rule("STOCK_TOO_LARGE", "More than 999999999999999 cannot be in stock.");
    }
}
