package dev.semel.books.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.semel.Caller;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.money.Money;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class LedgerTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    LedgerTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void trialBalanceHasEqualSidesInEachCurrency() {
        UUID euros = books.finalInvoice(caller, "EUR", "100.10").id();
        books.pay(caller, TestBooks.newKey(), euros, "40", "EUR");
        books.finalInvoice(caller, "JPY", "500");
        books.draft(caller, "USD", "1");
        books.finalInvoice(TestBooks.newCaller(), "EUR", "7");

        SortedMap<String, TrialBalance> balance =
                books.semel().read(caller.tenant(), connection -> lines().sum(caller.tenant()));
        assertThat(balance)
                .containsExactly(
                        Map.entry("EUR", new TrialBalance("140.10", "140.10")),
                        Map.entry("JPY", new TrialBalance("500", "500")));
    }

    @Test
    void journalTellsWhatWasPostedInItsOrder() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();

        Page<JournalEntry> first = page(new PageRequest(1, null));
        Page<JournalEntry> second = page(new PageRequest(1, first.nextCursor()));
        assertThat(second.nextCursor()).isNull();
        assertThat(first.items()).singleElement().satisfies(entry -> {
            assertThat(entry.operation()).isEqualTo("finalizeInvoice");
            assertThat(entry.sourceId()).isEqualTo(invoice);
            assertThat(entry.total()).isEqualTo("100.00");
        });
        assertThat(second.items()).singleElement().satisfies(entry -> {
            assertThat(entry.operation()).isEqualTo("createPayment");
            assertThat(entry.sourceId()).isEqualTo(payment);
            assertThat(lines(entry))
                    .containsExactly(
                            new JournalLine(1, "1000", "40.00", "0.00"), new JournalLine(2, "1100", "0.00", "40.00"));
        });
    }

    @Test
    void entryMayHaveManyLinesOnEachSide() throws Exception {
        Posting posting = new Posting(
                UUID.randomUUID(),
                "test",
                UUID.randomUUID(),
                List.of(line(Account.BANK, "10"), line(Account.RECEIVABLE, "5.50")),
                List.of(line(Account.REVENUE, "0.50"), line(Account.REVENUE, "15")));
        try (var connection = books.begin(caller)) {
            var jdbc = org.springframework.jdbc.core.simple.JdbcClient.create(
                    new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true));
            new JournalEntryTable(jdbc).post(caller.tenant(), posting);
            connection.commit();
        }
        assertThat(page(new PageRequest(5, null)).items()).singleElement().satisfies(entry -> {
            assertThat(entry.total()).isEqualTo("15.50");
            assertThat(lines(entry)).hasSize(4);
        });
    }

    @Test
    void unbalancedPostingIsRefusedBeforeItReachesTheDatabase() {
        assertThatIllegalArgumentException().isThrownBy(() -> posting("10", "10.01"));
        assertThatIllegalArgumentException().isThrownBy(() -> posting("0", "0"));
    }

    private static Posting posting(String debit, String credit) {
        return Posting.of(
                UUID.randomUUID(), "test", UUID.randomUUID(), line(Account.BANK, debit), line(Account.REVENUE, credit));
    }

    private static Posting.Line line(Account account, String amount) {
        return new Posting.Line(account, Money.of(amount, "EUR"));
    }

    private Page<JournalEntry> page(PageRequest request) {
        JournalEntryTable entries = new JournalEntryTable(books.jdbc());
        return books.semel().read(caller.tenant(), connection -> entries.page(caller.tenant(), request));
    }

    private List<JournalLine> lines(JournalEntry entry) {
        return books.semel()
                .read(caller.tenant(), connection -> lines().find(caller.tenant(), List.of(entry.id())))
                .get(entry.id());
    }

    private JournalLineTable lines() {
        return new JournalLineTable(books.jdbc());
    }
}
