package dev.semel.books.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.Refusals;
import dev.semel.books.TestBooks;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.settings.Deduction;
import dev.semel.books.settings.NewSettings;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class AccountsTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    AccountsTest(TestBooks books) {
        this.books = books;
    }

    private List<AccountItem> accounts(@Nullable String asOf) {
        LocalDate day = asOf == null ? null : LocalDate.parse(asOf);
        return books.semel()
                .read(caller.tenant(), connection -> books.accounts().list(caller.tenant(), day));
    }

    private Map<String, AccountItem> byCode() {
        return accounts(null).stream().collect(Collectors.toMap(AccountItem::code, account -> account));
    }

    @Test
    void chartTellsWhatWasPostedToEachAccountInEachCurrency() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR");
        books.finalInvoice(caller, "JPY", "500");
        books.draft(caller, "USD", "1");
        books.finalInvoice(TestBooks.newCaller(), "EUR", "7");

        assertThat(accounts(null)).extracting(AccountItem::code).isSorted().hasSize(Account.values().length);
        AccountItem receivable = byCode().get("1100");
        assertThat(receivable.type()).isEqualTo(AccountType.ASSET);
        assertThat(receivable.normalSide()).isEqualTo(AccountType.Side.DEBIT);
        assertThat(receivable.balances())
                .containsExactly(
                        Map.entry("EUR", new AccountBalance("100.00", "40.00", "60.00")),
                        Map.entry("JPY", new AccountBalance("500", "0", "500")));
        AccountItem revenue = byCode().get("4000");
        assertThat(revenue.normalSide()).isEqualTo(AccountType.Side.CREDIT);
        assertThat(revenue.balances()).containsEntry("EUR", new AccountBalance("0.00", "100.00", "100.00"));
        assertThat(byCode().get("2100").balances()).isEmpty();
    }

    @Test
    void everyAccountOfTheChartIsPostedTo() {
        UUID invoice = books.finalInvoice(caller, "EUR", "40").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        books.reconcile(caller, TestBooks.newKey(), books.bankTransaction(caller, "EUR", "40"), payment);
        books.credit(caller, TestBooks.newKey(), invoice, new NewCreditNote(null, null));
        books.deductions(caller, new Deduction("tax", "10", "employee"), new Deduction("insurance", "5", "employer"));
        books.employee(caller, "100", "EUR");
        books.payroll(caller, TestBooks.newKey(), "2026-11", "EUR");

        assertThat(accounts(null))
                .allSatisfy(account ->
                        assertThat(account.balances()).as(account.name()).isNotEmpty());
    }

    @Test
    void dayEndsWhereTheCompanyIs() throws SQLException {
        books.update(caller, TestBooks.newKey(), null, new NewSettings(null, null, "Asia/Tokyo", null));
        books.finalInvoice(caller, "EUR", "100");
        books.asSuperuser(
                "UPDATE semel_books.journal_entries SET created_at = '2026-01-31T15:00:00Z' WHERE tenant_id = '"
                        + caller.tenant() + "'");

        assertThat(accounts("2026-01-31"))
                .allSatisfy(account -> assertThat(account.balances()).isEmpty());
        assertThat(accounts("2026-02-01"))
                .filteredOn(account -> !account.balances().isEmpty())
                .extracting(AccountItem::code)
                .containsExactly("1100", "4000");
    }

    @Test
    void accountThatTheChartHasNotIsNotFound() {
        for (String code : List.of("1101", "x", "")) {
            Refusals.assertRefused(
                    Reason.NOT_FOUND,
                    "NOT_FOUND",
                    () -> books.semel()
                            .read(
                                    caller.tenant(),
                                    connection -> books.accounts().get(caller.tenant(), code, null)));
        }
    }
}
