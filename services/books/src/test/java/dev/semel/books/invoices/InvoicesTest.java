package dev.semel.books.invoices;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BooksExtension.class)
class InvoicesTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    InvoicesTest(TestBooks books) {
        this.books = books;
    }

    @Test
    void draftAnswersWhatIsStored() {
        UUID customer = books.customer(caller).id();
        NewInvoice asked = new NewInvoice(
                customer,
                "EUR",
                LocalDate.of(2026, 12, 24),
                List.of(
                        new NewInvoiceLine("Consulting", "1.500000", "99.99"),
                        new NewInvoiceLine("Travel \uD83D\uDE82", "3", "0.333333")));
        Invoice draft = books.createInvoice(caller, TestBooks.newKey(), asked).result();

        assertThat(draft.number()).isEqualTo(1);
        assertThat(draft.status()).isEqualTo(InvoiceStatus.DRAFT);
        assertThat(draft.customerId()).isEqualTo(customer);
        assertThat(draft.total()).isEqualTo("150.99");
        assertThat(draft.paid()).isEqualTo("0.00");
        assertThat(draft.balance()).isEqualTo("150.99");
        assertThat(draft.lines())
                .containsExactly(
                        new InvoiceLine("Consulting", "1.5", "99.99", "149.99"),
                        new InvoiceLine("Travel \uD83D\uDE82", "3", "0.333333", "1.00"));
        assertThat(books.invoice(caller, draft.id())).isEqualTo(draft);
    }

    @Test
    void draftIsNotPosted() throws SQLException {
        books.draft(caller, "EUR", "10");
        assertThat(books.count("journal_entries", caller)).isZero();
    }

    @Test
    void retryIsTheSameInvoiceUnderTheSameNumber() throws SQLException {
        NewInvoice asked = oneLine(books.customer(caller).id());
        Key key = TestBooks.newKey();
        Outcome<Invoice> first = books.createInvoice(caller, key, asked);
        Outcome<Invoice> again = books.createInvoice(caller, key, asked);

        assertThat(again.replayed()).isTrue();
        assertThat(again.snapshot()).isEqualTo(first.snapshot());
        assertThat(first.result().id()).isEqualTo(first.resultId());
        assertThat(books.count("invoices", caller)).isEqualTo(1);
    }

    @Test
    void retryAfterTheKeyIsForgottenFindsTheInvoiceAndTakesNoNumber() throws SQLException {
        NewInvoice asked = oneLine(books.customer(caller).id());
        Key key = TestBooks.newKey();
        Invoice first = books.createInvoice(caller, key, asked).result();
        books.forgetKeys(caller);
        Outcome<Invoice> again = books.createInvoice(caller, key, asked);

        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.createInvoice(caller, TestBooks.newKey(), asked)
                        .result()
                        .number())
                .isEqualTo(2);
    }

    @Test
    void refusedInvoiceLeavesNoGap() throws SQLException {
        NewInvoice asked = oneLine(books.customer(caller).id());
        books.createInvoice(caller, TestBooks.newKey(), asked);
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.createInvoice(caller, TestBooks.newKey(), oneLine(UUID.randomUUID())));
        assertThat(books.createInvoice(caller, TestBooks.newKey(), asked)
                        .result()
                        .number())
                .isEqualTo(2);
        assertThat(books.count("invoice_lines", caller)).isEqualTo(2);
    }

    @Test
    void customerOfAnotherTenantIsNotFound() {
        NewInvoice asked = oneLine(books.customer(TestBooks.newCaller()).id());
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.createInvoice(caller, TestBooks.newKey(), asked));
    }

    @Test
    void numbersRunWithoutGapsUnderConcurrentWriters() throws Exception {
        NewInvoice asked = oneLine(books.customer(caller).id());
        NewInvoice refused = oneLine(UUID.randomUUID());
        List<Callable<Long>> writers = Collections.nCopies(16, () -> {
            long last = 0;
            for (int i = 0; i < 10; i++) {
                assertRefused(
                        Reason.NOT_FOUND, "NOT_FOUND", () -> books.createInvoice(caller, TestBooks.newKey(), refused));
                last = books.createInvoice(caller, TestBooks.newKey(), asked)
                        .result()
                        .number();
            }
            return last;
        });
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            for (Future<Long> writer : pool.invokeAll(writers)) {
                assertThat(writer.get()).isPositive();
            }
        } finally {
            pool.shutdown();
        }
        List<Long> numbers = books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("SELECT number FROM semel_books.invoices WHERE tenant_id = ? ORDER BY number")
                                .param(caller.tenant())
                                .query(Long.class)
                                .list());
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 160).boxed().toList());
    }

    @Test
    void tenantsNumberOnTheirOwn() {
        assertThat(books.draft(caller, "EUR", "1").number()).isEqualTo(1);
        assertThat(books.draft(TestBooks.newCaller(), "EUR", "1").number()).isEqualTo(1);
        assertThat(books.draft(caller, "EUR", "1").number()).isEqualTo(2);
    }

    @Test
    void invoiceOfAThousandLinesIsAnsweredWhole() {
        String description = "\u6F22".repeat(300);
        List<NewInvoiceLine> lines = IntStream.range(0, 1000)
                .mapToObj(i -> new NewInvoiceLine(description, "999999999.999999", "999.99999999"))
                .toList();
        NewInvoice asked = new NewInvoice(books.customer(caller).id(), "CLF", null, lines);
        Invoice draft = books.createInvoice(caller, TestBooks.newKey(), asked).result();
        assertThat(draft.lines()).hasSize(1000);
        Invoice finalized = books.finalizeInvoice(
                        caller, TestBooks.newKey(), draft.id().toString())
                .result();
        assertThat(finalized.lines()).isEqualTo(draft.lines());
    }

    @ParameterizedTest
    @CsvSource({
        "JPY, 1, 0.5, 1",
        "JPY, 3, 33.3333, 100",
        "EUR, 1, 0.005, 0.01",
        "EUR, 1, 0.004999, 0.00",
        "EUR, 3, 0.3333, 1.00",
        "KWD, 1, 0.0005, 0.001",
        "KWD, 2.5, 1.111, 2.778",
        "CLF, 1, 1.00005, 1.0001"
    })
    void lineTotalIsRoundedHalfUpToTheCurrencysUnit(String currency, String quantity, String unitPrice, String total) {
        NewInvoice asked = new NewInvoice(
                books.customer(caller).id(), currency, null, List.of(new NewInvoiceLine("x", quantity, unitPrice)));
        Invoice draft = books.createInvoice(caller, TestBooks.newKey(), asked).result();
        assertThat(draft.total()).isEqualTo(total);
        assertThat(books.invoice(caller, draft.id())).isEqualTo(draft);
    }

    @Test
    void finalizedInvoiceIsPostedAsReceivableAgainstRevenue() throws SQLException {
        Invoice draft = books.draft(caller, "EUR", "119.00");
        Outcome<Invoice> outcome =
                books.finalizeInvoice(caller, TestBooks.newKey(), draft.id().toString());

        assertThat(outcome.result().status()).isEqualTo(InvoiceStatus.FINAL);
        assertThat(outcome.result().balance()).isEqualTo("119.00");
        assertThat(outcome.result().lines()).isEqualTo(draft.lines());
        List<String> lines = books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT account_code || ' ' || debit || ' ' || credit FROM semel_books.journal_lines
                                WHERE tenant_id = ? AND entry_id = ? ORDER BY line_no
                                """)
                                .params(caller.tenant(), outcome.resultId())
                                .query(String.class)
                                .list());
        assertThat(lines).containsExactly("1100 119.00 0.00", "4000 0.00 119.00");
    }

    @Test
    void secondFinalizationIsAConflict() throws SQLException {
        String id = books.finalInvoice(caller, "EUR", "1").id().toString();
        assertRefused(
                Reason.CONFLICT, "INVOICE_ALREADY_FINAL", () -> books.finalizeInvoice(caller, TestBooks.newKey(), id));
        assertThat(books.count("journal_entries", caller)).isEqualTo(1);
    }

    @Test
    void oneOfManyFinalizationsAtOnceWins() throws Exception {
        String id = books.draft(caller, "EUR", "5").id().toString();
        List<Callable<Boolean>> writers = Collections.nCopies(8, () -> {
            try {
                return !books.finalizeInvoice(caller, TestBooks.newKey(), id).replayed();
            } catch (dev.semel.RejectedException e) {
                return false;
            }
        });
        ExecutorService pool = Executors.newFixedThreadPool(8);
        int won = 0;
        try {
            for (Future<Boolean> writer : pool.invokeAll(writers)) {
                won += writer.get() ? 1 : 0;
            }
        } finally {
            pool.shutdown();
        }
        assertThat(won).isEqualTo(1);
        assertThat(books.count("journal_entries", caller)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0"})
    void finalizationIsFoundAgainAfterItsKeyIsForgotten(String amount) throws SQLException {
        String id = books.draft(caller, "EUR", amount).id().toString();
        Key key = TestBooks.newKey();
        Invoice first = books.finalizeInvoice(caller, key, id).result();
        long entries = books.count("journal_entries", caller);
        books.forgetKeys(caller);
        Outcome<Invoice> late = books.finalizeInvoice(caller, key, id);
        assertThat(late.replayed()).isTrue();
        assertThat(late.result()).isEqualTo(first);
        assertThat(books.count("journal_entries", caller)).isEqualTo(entries);
    }

    @Test
    void invoiceOverNothingIsPaidAsSoonAsItIsFinal() throws SQLException {
        Invoice invoice = books.finalInvoice(caller, "EUR", "0");
        assertThat(invoice.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(invoice.balance()).isEqualTo("0.00");
        assertThat(books.count("journal_entries", caller)).isZero();
        assertRefused(
                Reason.CONFLICT,
                "INVOICE_ALREADY_FINAL",
                () -> books.finalizeInvoice(
                        caller, TestBooks.newKey(), invoice.id().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "", "6f1f1c1e-0000-5000-8000-000000000000", "../customers"})
    void unknownInvoiceIsNotFound(String id) {
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.finalizeInvoice(caller, TestBooks.newKey(), id));
    }

    @Test
    void invoiceOfAnotherTenantIsNotFound() {
        Invoice draft = books.draft(caller, "EUR", "1");
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.finalizeInvoice(
                        TestBooks.newCaller(), TestBooks.newKey(), draft.id().toString()));
        assertThat(books.invoice(caller, draft.id()).status()).isEqualTo(InvoiceStatus.DRAFT);
    }

    private static NewInvoice oneLine(UUID customer) {
        return new NewInvoice(customer, "EUR", null, List.of(new NewInvoiceLine("Work", "2", "50.00")));
    }

    @Test
    void listIsNarrowedByStatusCustomerAndDueDay() {
        UUID draft = due(books.customer(caller).id(), "2026-01-31");
        UUID ada = books.customer(caller).id();
        UUID owed = due(ada, "2026-02-01");
        UUID unnamed = due(ada, null);
        UUID paid = due(ada, "2026-02-02");
        for (UUID id : List.of(owed, unnamed, paid)) {
            books.finalizeInvoice(caller, TestBooks.newKey(), id.toString());
        }
        books.pay(caller, TestBooks.newKey(), paid, "10", "EUR");
        books.draft(TestBooks.newCaller(), "EUR", "1");

        assertThat(listed(null, null, null)).containsExactly(draft, owed, unnamed, paid);
        assertThat(listed("draft", null, null)).containsExactly(draft);
        assertThat(listed("final", null, null)).containsExactly(owed, unnamed);
        assertThat(listed("paid", null, null)).containsExactly(paid);
        assertThat(listed(null, ada.toString(), null)).containsExactly(owed, unnamed, paid);
        assertThat(listed(null, null, "2026-02-01")).containsExactly(draft);
        assertThat(listed(null, null, "2026-02-02")).containsExactly(draft, owed);
        assertThat(listed("final", ada.toString(), "2026-02-03")).containsExactly(owed);
    }

    private UUID due(UUID customer, @Nullable String day) {
        NewInvoice asked = new NewInvoice(
                customer,
                "EUR",
                day == null ? null : LocalDate.parse(day),
                List.of(new NewInvoiceLine("Work", "1", "10")));
        return books.createInvoice(caller, TestBooks.newKey(), asked).resultId();
    }

    /** Page by page. */
    private List<UUID> listed(@Nullable String status, @Nullable String customer, @Nullable String dueBefore) {
        InvoiceReads reads = new InvoiceReads(new InvoiceTable(books.jdbc()), new InvoiceLineTable(books.jdbc()));
        InvoiceFilter filter = InvoiceFilter.of(status, customer, dueBefore);
        List<UUID> found = new ArrayList<>();
        String cursor = null;
        do {
            PageRequest request = new PageRequest(1, cursor);
            Page<Invoice> page =
                    books.semel().read(caller.tenant(), connection -> reads.page(caller.tenant(), filter, request));
            page.items().forEach(invoice -> found.add(invoice.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }
}
