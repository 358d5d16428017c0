package dev.semel.books.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.money.Money;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.SettingsTable;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    void journalIsNarrowedByDayAccountOperationAndSource() throws Exception {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID first = books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        UUID second = books.pay(caller, TestBooks.newKey(), invoice, "5", "EUR").resultId();
        books.finalInvoice(TestBooks.newCaller(), "EUR", "7");
        for (String posted : List.of(invoice + " 2026-01-01", first + " 2026-01-02", second + " 2026-01-03")) {
            books.asSuperuser("UPDATE semel_books.journal_entries SET created_at = '" + posted.substring(37)
                    + "T23:59:59.999Z' WHERE source_id = '" + posted.substring(0, 36) + "'");
        }

        assertThat(sources(null, null, null, null, null)).containsExactly(invoice, first, second);
        assertThat(sources("2026-01-02", null, null, null, null)).containsExactly(first, second);
        assertThat(sources(null, "2026-01-02", null, null, null)).containsExactly(invoice, first);
        assertThat(sources("2026-01-02", "2026-01-02", null, null, null)).containsExactly(first);
        assertThat(sources(null, null, "1000", null, null)).containsExactly(first, second);
        assertThat(sources(null, null, "2100", null, null)).isEmpty();
        assertThat(sources(null, null, null, "finalizeInvoice", null)).containsExactly(invoice);
        assertThat(sources(null, null, null, null, second.toString())).containsExactly(second);
        assertThat(sources("2026-01-03", null, "4000", null, null)).isEmpty();
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> sources(null, null, "1001", null, null));
    }

    /** Page by page. */
    private List<UUID> sources(@Nullable String... asked) {
        JournalFilter filter = JournalFilter.of(asked[0], asked[1], asked[2], asked[3], asked[4]);
        List<UUID> found = new ArrayList<>();
        String cursor = null;
        do {
            Page<JournalEntry> page = page(filter, new PageRequest(1, cursor));
            page.items().forEach(entry -> found.add(entry.sourceId()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
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
        return page(JournalFilter.NONE, request);
    }

    private Page<JournalEntry> page(JournalFilter filter, PageRequest request) {
        CompanyDays days = new CompanyDays(new SettingsTable(books.jdbc()));
        JournalReads journal = new JournalReads(new JournalEntryTable(books.jdbc()), lines(), days);
        return books.semel().read(caller.tenant(), connection -> journal.page(caller.tenant(), filter, request));
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
