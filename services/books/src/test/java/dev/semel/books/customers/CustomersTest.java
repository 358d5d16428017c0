package dev.semel.books.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BooksExtension.class)
class CustomersTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    CustomersTest(TestBooks books) {
        this.books = books;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0141ukasz O'Brien \"x\" \\",
                "\uD83D\uDC69\u200D\uD83D\uDE80 e\u0301",
                "\u0634\u0631\u0643\u0629",
                "'; DROP TABLE semel_books.customers; --",
                "?",
                "$1"
            })
    void nameIsKeptToTheLetter(String name) {
        Outcome<Customer> outcome = create(TestBooks.newKey(), new NewCustomer(name, "a@b.example"));
        assertThat(outcome.result().name()).isEqualTo(name);
        assertThat(outcome.result().id()).isEqualTo(outcome.resultId());
        assertThat(page(new PageRequest(50, null)).items()).containsExactly(outcome.result());
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameCustomer() throws SQLException {
        Key key = TestBooks.newKey();
        Customer first = create(key, new NewCustomer("Ada", null)).result();
        books.forgetKeys(caller);
        Outcome<Customer> again = create(key, new NewCustomer("Ada", null));
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.count("customers", caller)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 500})
    void pagesAreTheCollectionInTheOrderOfCreation(int limit) {
        List<Customer> created = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            created.add(create(TestBooks.newKey(), new NewCustomer("Customer " + i, null))
                    .result());
        }
        List<Customer> read = new ArrayList<>();
        String cursor = null;
        do {
            Page<Customer> page = page(new PageRequest(limit, cursor));
            assertThat(page.items()).hasSizeBetween(1, limit);
            read.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(read).isEqualTo(created);
    }

    private Outcome<Customer> create(Key key, NewCustomer customer) {
        return books.semel().execute(BooksOperations.CREATE_CUSTOMER, caller, key, customer);
    }

    private Page<Customer> page(PageRequest request) {
        CustomerTable customers = new CustomerTable(books.jdbc());
        return books.semel().read(caller.tenant(), connection -> customers.page(caller.tenant(), request));
    }
}
