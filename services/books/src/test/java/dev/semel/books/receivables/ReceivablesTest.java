package dev.semel.books.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.Refusals;
import dev.semel.books.TestBooks;
import dev.semel.books.creditnotes.NewCreditLine;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.customers.CustomerTable;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.ledger.AccountBalance;
import dev.semel.books.ledger.AccountItem;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.NewSettings;
import dev.semel.books.settings.SettingsTable;
import dev.semel.spring.web.PageRequest;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BooksExtension.class)
class ReceivablesTest {
    private static final PageRequest ALL = new PageRequest(500, null);
    private static final LocalDate DAY = LocalDate.parse("2026-06-30");

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    ReceivablesTest(TestBooks books) {
        this.books = books;
    }

    private UUID customer() {
        return books.customer(caller).id();
    }

    /** Final, posted at that moment. */
    private UUID invoice(UUID customer, String currency, String amount, @Nullable LocalDate due, String moment)
            throws SQLException {
        NewInvoice asked = new NewInvoice(customer, currency, due, List.of(new NewInvoiceLine("Work", "1", amount)));
        UUID id = books.createInvoice(caller, TestBooks.newKey(), asked).resultId();
        books.finalizeInvoice(caller, TestBooks.newKey(), id.toString());
        postedAt(id, moment);
        return id;
    }

    private UUID pay(UUID invoice, String currency, String amount, String moment) throws SQLException {
        UUID id =
                books.pay(caller, TestBooks.newKey(), invoice, amount, currency).resultId();
        postedAt(id, moment);
        return id;
    }

    private void postedAt(UUID source, String moment) throws SQLException {
        books.asSuperuser("UPDATE semel_books.journal_entries SET created_at = '" + moment + "' WHERE source_id = '"
                + source + "'");
    }

    private CompanyDays days() {
        return new CompanyDays(new SettingsTable(books.jdbc()));
    }

    private CustomerStatement statement(
            Caller reader, UUID customer, @Nullable String from, @Nullable String to, PageRequest page) {
        StatementReads statements =
                new StatementReads(new CustomerTable(books.jdbc()), new CustomerReceivables(books.jdbc()), days());
        return books.semel()
                .read(
                        reader.tenant(),
                        connection -> statements.find(reader.tenant(), customer, day(from), day(to), page));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    private Aging aging(@Nullable LocalDate asOf, PageRequest page) {
        AgingReads aging = new AgingReads(new AgedReceivables(books.jdbc()), days());
        return books.semel().read(caller.tenant(), connection -> aging.find(caller.tenant(), asOf, page));
    }

    @Test
    void statementOpensGoesOnAndClosesInEachCurrency() throws SQLException {
        UUID customer = customer();
        UUID first = invoice(customer, "EUR", "100", null, "2026-01-10T12:00:00Z");
        UUID payment = pay(first, "EUR", "30", "2026-02-10T12:00:00Z");
        UUID second = invoice(customer, "EUR", "50.50", null, "2026-02-11T12:00:00Z");
        invoice(customer, "JPY", "700", null, "2026-02-12T12:00:00Z");
        pay(second, "EUR", "0.50", "2026-03-01T00:00:00Z");
        invoice(customer(), "EUR", "9", null, "2026-02-12T12:00:00Z");

        CustomerStatement february = statement(caller, customer, "2026-02-01", "2026-02-28", ALL);
        assertThat(february.opening()).containsExactly(Map.entry("EUR", "100.00"));
        assertThat(february.items())
                .extracting(line -> line.operation() + " " + line.debit() + " " + line.credit() + " " + line.balance())
                .containsExactly(
                        "createPayment 0.00 30.00 70.00",
                        "finalizeInvoice 50.50 0.00 120.50",
                        "finalizeInvoice 700 0 700");
        assertThat(february.items().get(0).paymentId()).isEqualTo(payment);
        assertThat(february.items().get(0).invoiceId()).isEqualTo(first);
        assertThat(february.closing()).containsExactly(Map.entry("EUR", "120.50"), Map.entry("JPY", "700"));

        CustomerStatement whole = statement(caller, customer, null, null, ALL);
        assertThat(whole.opening()).isEmpty();
        assertThat(whole.items()).hasSize(5);
        assertThat(whole.closing()).containsExactly(Map.entry("EUR", "120.00"), Map.entry("JPY", "700"));
    }

    @Test
    void creditNoteIsALineOfTheStatementAndOwedNoMoreByAge() throws SQLException {
        UUID customer = customer();
        UUID invoice = invoice(customer, "EUR", "100", null, "2026-01-10T12:00:00Z");
        pay(invoice, "EUR", "70", "2026-01-11T12:00:00Z");
        UUID note = books.credit(
                        caller,
                        TestBooks.newKey(),
                        invoice,
                        new NewCreditNote("broken", List.of(new NewCreditLine(1L, "20"))))
                .resultId();
        postedAt(note, "2026-01-12T12:00:00Z");

        CustomerStatement statement = statement(caller, customer, null, null, ALL);
        assertThat(statement.items())
                .extracting(line -> line.operation() + " " + line.debit() + " " + line.credit() + " " + line.balance())
                .containsExactly(
                        "finalizeInvoice 100.00 0.00 100.00",
                        "createPayment 0.00 70.00 30.00",
                        "createCreditNote 0.00 20.00 10.00");
        assertThat(statement.items().get(2).creditNoteId()).isEqualTo(note);
        assertThat(statement.items().get(2).paymentId()).isNull();
        assertThat(statement.items().get(2).invoiceId()).isEqualTo(invoice);
        assertThat(statement.items().get(2).reference()).isEqualTo("broken");
        assertThat(statement.closing()).containsExactly(Map.entry("EUR", "10.00"));
        assertThat(aging(null, ALL).totals().get("EUR").total()).isEqualTo("10.00");
    }

    @Test
    void balanceRunsOnFromPageToPage() throws SQLException {
        UUID customer = customer();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            invoice(customer, "EUR", "10", null, "2026-01-0" + i + "T00:00:00Z");
            expected.add(i * 10 + ".00");
        }
        List<String> balances = new ArrayList<>();
        String cursor = null;
        do {
            CustomerStatement page = statement(caller, customer, null, null, new PageRequest(3, cursor));
            page.items().forEach(line -> balances.add(line.balance()));
            assertThat(page.closing()).containsEntry("EUR", "70.00");
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(balances).isEqualTo(expected);
    }

    @Test
    void statementsDaysAreTheCompanys() throws SQLException {
        books.update(caller, TestBooks.newKey(), null, new NewSettings(null, null, "America/New_York", null));
        UUID customer = customer();
        invoice(customer, "EUR", "10", null, "2026-02-01T04:59:59Z");
        invoice(customer, "EUR", "20", null, "2026-02-01T05:00:00Z");
        assertThat(statement(caller, customer, null, "2026-01-31", ALL).closing())
                .containsEntry("EUR", "10.00");
        assertThat(statement(caller, customer, "2026-02-01", null, ALL).items())
                .extracting(ReceivableLine::balance)
                .containsExactly("30.00");
    }

    @Test
    void statementOfAnUnknownOrAnotherTenantsCustomerIsNotFound() {
        UUID customer = customer();
        Caller other = TestBooks.newCaller();
        Refusals.assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> statement(other, customer, null, null, ALL));
        Refusals.assertRefused(
                Reason.NOT_FOUND, "NOT_FOUND", () -> statement(caller, UUID.randomUUID(), null, null, ALL));
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> statement(caller, customer, "2026-02-01", "2026-01-31", ALL));
    }

    @ParameterizedTest
    @CsvSource({"-40,0", "0,0", "1,1", "30,1", "31,2", "60,2", "61,3", "90,3", "91,4", "4000,4"})
    void debtIsAsOldAsItIsOverdue(int overdue, int age) throws SQLException {
        UUID named = customer();
        invoice(named, "EUR", "10", DAY.minusDays(overdue), "2010-01-01T00:00:00Z");
        UUID unnamed = customer();
        LocalDate posted = overdue < 0 ? DAY : DAY.minusDays(overdue);
        invoice(unnamed, "EUR", "10", null, posted + "T00:00:00Z");
        assertThat(aging(DAY, ALL).items())
                .extracting(AgedCustomer::customerId)
                .containsExactlyInAnyOrder(named, unnamed);
        assertThat(aging(DAY, ALL).items()).allSatisfy(item -> {
            List<String> ages = ages(item.owed());
            assertThat(ages.remove(age)).isEqualTo("10.00");
            assertThat(ages).containsOnly("0.00");
            assertThat(item.owed().total()).isEqualTo("10.00");
        });
        assertThat(ages(aging(DAY, ALL).totals().get("EUR")).get(age)).isEqualTo("20.00");
    }

    private static List<String> ages(Aged owed) {
        return new ArrayList<>(
                List.of(owed.current(), owed.days1To30(), owed.days31To60(), owed.days61To90(), owed.over90()));
    }

    @Test
    void whatIsPaidOrADraftIsNotOwed() throws SQLException {
        UUID customer = customer();
        UUID paid = invoice(customer, "EUR", "10", null, "2026-01-01T00:00:00Z");
        pay(paid, "EUR", "10", "2026-07-01T00:00:00Z");
        books.draft(caller, "EUR", "5");
        assertThat(aging(null, ALL).items()).isEmpty();
        assertThat(aging(null, ALL).totals()).isEmpty();
        assertThat(aging(DAY, ALL).totals().get("EUR").over90())
                .as("before it was paid")
                .isEqualTo("10.00");
    }

    @Test
    void agingIsTheReceivableAccountAtAnyMoment() throws SQLException {
        Random random = new Random(7);
        List<UUID> customers = List.of(customer(), customer(), customer());
        for (int i = 0; i < 24; i++) {
            String currency = List.of("EUR", "USD", "JPY").get(random.nextInt(3));
            LocalDate posted = DAY.minusDays(random.nextInt(200));
            LocalDate due = random.nextInt(4) == 0 ? null : posted.plusDays(random.nextInt(60));
            UUID invoice = invoice(customers.get(random.nextInt(3)), currency, "100", due, posted + "T08:00:00Z");
            if (random.nextBoolean()) {
                pay(
                        invoice,
                        currency,
                        "" + (1 + random.nextInt(100)),
                        posted.plusDays(random.nextInt(90)) + "T09:00:00Z");
            }
        }
        invoiceOfAnother();
        for (int back : new int[] {-100, 0, 1, 17, 60, 100, 150, 199, 300}) {
            LocalDate day = DAY.minusDays(back);
            assertThat(totals(aging(day, ALL))).as("as of %s", day).isEqualTo(receivable(day));
            assertThat(sums(day)).as("as of %s", day).isEqualTo(totals(aging(day, ALL)));
        }
        assertThat(totals(aging(null, ALL))).isEqualTo(receivable(null)).isNotEmpty();
    }

    private void invoiceOfAnother() {
        books.finalInvoice(TestBooks.newCaller(), "EUR", "1000");
    }

    private static SortedMap<String, String> totals(Aging aging) {
        SortedMap<String, String> totals = new TreeMap<>();
        aging.totals().forEach((currency, aged) -> totals.put(currency, aged.total()));
        return totals;
    }

    /** Over all customers, page by page. */
    private SortedMap<String, String> sums(LocalDate day) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        String cursor = null;
        do {
            Aging page = aging(day, new PageRequest(2, cursor));
            page.items()
                    .forEach(item -> ages(item.owed())
                            .forEach(part -> sums.merge(item.currency(), new BigDecimal(part), BigDecimal::add)));
            cursor = page.nextCursor();
        } while (cursor != null);
        SortedMap<String, String> texts = new TreeMap<>();
        sums.forEach((currency, sum) -> texts.put(currency, sum.toPlainString()));
        return texts;
    }

    /** What the trial balance has on the receivable account. */
    private SortedMap<String, String> receivable(@Nullable LocalDate day) {
        SortedMap<String, String> balances = new TreeMap<>();
        List<AccountItem> accounts = books.semel()
                .read(caller.tenant(), connection -> books.accounts().list(caller.tenant(), day));
        for (AccountItem account : accounts) {
            if (account.code().equals("1100")) {
                account.balances().forEach((currency, balance) -> add(balances, currency, balance));
            }
        }
        return balances;
    }

    private static void add(SortedMap<String, String> balances, String currency, AccountBalance balance) {
        if (new BigDecimal(balance.balance()).signum() != 0) {
            balances.put(currency, balance.balance());
        }
    }

    @Test
    void oddDaysAreAnswered() {
        for (String day : List.of("0000-01-01", "0001-01-01", "9999-12-31")) {
            assertThat(aging(LocalDate.parse(day), ALL).items()).isEmpty();
            assertThat(statement(caller, customer(), day, day, ALL).items()).isEmpty();
        }
    }
}
