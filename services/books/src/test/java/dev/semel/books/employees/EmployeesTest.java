package dev.semel.books.employees;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BooksExtension.class)
class EmployeesTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    EmployeesTest(TestBooks books) {
        this.books = books;
    }

    @ParameterizedTest
    @CsvSource({"EUR, 3000.5, 3000.50", "JPY, 300000, 300000", "KWD, 900.001, 900.001"})
    void salaryIsAnsweredInItsCurrencysDigits(String currency, String asked, String answered) {
        Employee employee = books.employee(caller, asked, currency);
        assertThat(employee.salary()).isEqualTo(new Salary(answered, currency));
        assertThat(employee.active()).isTrue();
        assertThat(find(employee.id())).isEqualTo(employee);
    }

    @Test
    void whoLeavesIsKeptAndTheFirstLeavingCounts() {
        UUID id = books.employee(caller, "100", "EUR").id();
        Employee left = books.leave(caller, TestBooks.newKey(), id).result();
        assertThat(left.active()).isFalse();
        assertThat(left.leftAt()).isNotNull();
        assertThat(books.leave(caller, TestBooks.newKey(), id).result()).isEqualTo(left);
        assertThat(find(id)).isEqualTo(left);
    }

    @Test
    void unknownEmployeeAndOneOfAnotherTenantAreNotFound() {
        UUID others = books.employee(TestBooks.newCaller(), "100", "EUR").id();
        for (UUID id : List.of(others, UUID.randomUUID())) {
            assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.leave(caller, TestBooks.newKey(), id));
        }
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameEmployee() throws SQLException {
        Key key = TestBooks.newKey();
        NewEmployee asked = new NewEmployee("Ada", "ada@example.com", new Salary("100", "EUR"));
        Employee first = create(key, asked).result();
        books.forgetKeys(caller);
        Outcome<Employee> again = create(key, asked);
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.count("employees", caller)).isEqualTo(1);
    }

    private Outcome<Employee> create(Key key, NewEmployee employee) {
        return books.semel().execute(BooksOperations.CREATE_EMPLOYEE, caller, key, employee);
    }

    private Employee find(UUID id) {
        EmployeeTable employees = new EmployeeTable(books.jdbc());
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> employees.find(caller.tenant(), id).orElseThrow());
    }
}
