package dev.semel.books.inventory;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.spring.web.PageRequest;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class InventoryTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    InventoryTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void initialQuantityIsTheFirstMovement() {
        Item item = books.item(caller, 7);
        assertThat(movements(item.id())).singleElement().satisfies(movement -> {
            assertThat(movement.delta()).isEqualTo(7);
            assertThat(movement.quantity()).isEqualTo(7);
        });
        assertThat(movements(books.item(caller, 0).id())).hasSize(1);
    }

    @Test
    void quantityIsWhatTheMovementsSumUpTo() {
        UUID item = books.item(caller, 7).id();
        Movement sold = books.adjust(caller, TestBooks.newKey(), item, -7).result();
        Movement bought = books.adjust(caller, TestBooks.newKey(), item, 3).result();
        assertThat(sold.quantity()).isZero();
        assertThat(bought.quantity()).isEqualTo(3);
        assertThat(bought.itemId()).isEqualTo(item);
        assertThat(quantity(item)).isEqualTo(3);
        assertThat(movements(item)).extracting(Movement::delta).containsExactly(7L, -7L, 3L);
        assertThat(books.events(caller))
                .containsExactly(
                        "item.created item:" + item,
                        "inventory.adjusted item:" + item,
                        "inventory.adjusted item:" + item);
    }

    @Test
    void skuThatIsTakenIsRefusedAndLeavesNoRowAndAFreeKey() throws SQLException {
        Item first = books.item(caller, 7);
        Key key = TestBooks.newKey();
        NewItem same = new NewItem(first.sku(), "Coffee", 1L);
        assertRefused(Reason.CONFLICT, "SKU_TAKEN", () -> create(caller, key, same));
        assertThat(books.count("items", caller)).isEqualTo(1);
        assertThat(books.count("item_movements", caller)).isEqualTo(1);
        assertThat(create(caller, key, new NewItem("other", "Coffee", 1L)).replayed())
                .isFalse();
        assertThat(create(TestBooks.newCaller(), key, same).replayed()).isFalse();
    }

    @Test
    void skuIsTakenByOneOfManyAtOnce() throws Exception {
        assertThat(succeeding(() -> create(caller, TestBooks.newKey(), new NewItem("one", "Tea", 1L)), "SKU_TAKEN"))
                .isEqualTo(1);
        assertThat(books.count("items", caller)).isEqualTo(1);
    }

    @Test
    void lessThanNothingIsRefusedAndLeavesNoRowAndAFreeKey() throws SQLException {
        UUID item = books.item(caller, 7).id();
        Key key = TestBooks.newKey();
        assertRefused(Reason.RULE, "INSUFFICIENT_STOCK", () -> books.adjust(caller, key, item, -8));
        assertThat(quantity(item)).isEqualTo(7);
        assertThat(books.count("item_movements", caller)).isEqualTo(1);
        assertThat(books.adjust(caller, key, item, -7).replayed()).isFalse();
    }

    @Test
    void moreThanCanBeCountedIsRefused() {
        UUID item = books.item(caller, 999_999_999_999_999L).id();
        assertRefused(Reason.RULE, "STOCK_TOO_LARGE", () -> books.adjust(caller, TestBooks.newKey(), item, 1));
    }

    @Test
    void adjustmentsAtOnceNeverGoBelowZero() throws Exception {
        UUID item = books.item(caller, 10).id();
        assertThat(succeeding(() -> books.adjust(caller, TestBooks.newKey(), item, -1), "INSUFFICIENT_STOCK"))
                .isEqualTo(10);
        assertThat(quantity(item)).isZero();
        assertThat(movements(item))
                .hasSize(11)
                .last()
                .satisfies(last -> assertThat(last.movementNo()).isEqualTo(11));
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameMovementAlsoWhereNothingIsLeft() throws SQLException {
        Key key = TestBooks.newKey();
        UUID item = books.item(caller, 5).id();
        Movement movement = books.adjust(caller, key, item, -5).result();
        books.forgetKeys(caller);

        Outcome<Movement> again = books.adjust(caller, key, item, -5);

        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(movement);
    }

    @Test
    void retryAfterTheKeyHasExpiredIsTheSameMovementAlsoWhereNothingIsLeft() throws SQLException {
        Key key = TestBooks.newKey();
        UUID item = books.item(caller, 5).id();
        Movement movement = books.adjust(caller, key, item, -5).result();
        books.expireKeys(caller);

        Outcome<Movement> again = books.adjust(caller, key, item, -5);

        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(movement);
        assertThat(books.count("item_movements", caller)).isEqualTo(2);
    }

    @Test
    void unknownItemAndOneOfAnotherTenantAreNotFound() {
        UUID others = books.item(TestBooks.newCaller(), 7).id();
        for (UUID item : List.of(others, UUID.randomUUID())) {
            assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.adjust(caller, TestBooks.newKey(), item, -1));
        }
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameItemAndTheSameMovement() throws SQLException {
        Key key = TestBooks.newKey();
        Key adjusting = TestBooks.newKey();
        NewItem asked = new NewItem("sku", "Tea", 7L);
        Item item = create(caller, key, asked).result();
        Movement movement = books.adjust(caller, adjusting, item.id(), -1).result();
        books.forgetKeys(caller);
        assertThat(create(caller, key, asked).replayed()).isTrue();
        Outcome<Movement> again = books.adjust(caller, adjusting, item.id(), -1);
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(movement);
        assertThat(books.count("items", caller)).isEqualTo(1);
        assertThat(books.count("item_movements", caller)).isEqualTo(2);
    }

    private Outcome<Item> create(Caller creator, Key key, NewItem item) {
        return books.semel().execute(BooksOperations.CREATE_ITEM, creator, key, item);
    }

    /** How many of 32 calls at once succeed; the others must be refused with the code. */
    private static int succeeding(Runnable call, String code) throws Exception {
        Callable<Integer> attempt = () -> {
            try {
                call.run();
                return 1;
            } catch (RejectedException e) {
                assertThat(e.code()).isEqualTo(code);
                return 0;
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(16);
        int succeeded = 0;
        try {
            for (Future<Integer> one : pool.invokeAll(Collections.nCopies(32, attempt))) {
                succeeded += one.get();
            }
        } finally {
            pool.shutdown();
        }
        return succeeded;
    }

    private long quantity(UUID item) {
        ItemTable items = new ItemTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection ->
                                items.find(caller.tenant(), item).orElseThrow().quantity());
    }

    private List<Movement> movements(UUID item) {
        MovementTable table = new MovementTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> table.page(caller.tenant(), item, new PageRequest(500, null))
                                .items());
    }
}
