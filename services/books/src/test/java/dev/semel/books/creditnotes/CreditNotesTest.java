package dev.semel.books.creditnotes;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceStatus;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class CreditNotesTest {
    private static final NewCreditNote WHOLE = new NewCreditNote("broken", null);

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    CreditNotesTest(TestBooks books) {
        this.books = books;
    }

    /** Final, with lines over 60.00 and 40.00. */
    private UUID invoice() {
        NewInvoice asked = new NewInvoice(
                books.customer(caller).id(),
                "EUR",
                null,
                List.of(new NewInvoiceLine("Work", "6", "10"), new NewInvoiceLine("Tea", "1", "40")));
        UUID id = books.createInvoice(caller, TestBooks.newKey(), asked).resultId();
        books.finalizeInvoice(caller, TestBooks.newKey(), id.toString());
        return id;
    }

    private CreditNote credit(UUID invoice, NewCreditNote asked) {
        return books.credit(caller, TestBooks.newKey(), invoice, asked).result();
    }

    private static NewCreditNote line(long line, @Nullable String amount) {
        return new NewCreditNote(null, List.of(new NewCreditLine(line, amount)));
    }

    private UUID pay(UUID invoice, String amount) {
        return books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
    }

    private String state(UUID id) {
        Invoice invoice = books.invoice(caller, id);
        return "%s: %s = %s paid, %s credited, %s refundable, %s owed"
                .formatted(
                        invoice.status().text(),
                        invoice.total(),
                        invoice.paid(),
                        invoice.credited(),
                        invoice.refundable(),
                        invoice.balance());
    }

    private List<String> rows(String sql) {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql(sql)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    private List<String> balances() {
        return rows("""
                SELECT account_code || ' ' || sum(debit - credit) FROM semel_books.journal_lines
                WHERE tenant_id = ? GROUP BY account_code ORDER BY account_code
                """);
    }

    @Test
    void wholeOfAnUnpaidInvoiceIsOwedNoMoreAndItsEntryIsReversed() {
        UUID invoice = invoice();

        CreditNote note = credit(invoice, WHOLE);

        assertThat(note.number()).isEqualTo(1);
        assertThat(note.invoiceId()).isEqualTo(invoice);
        assertThat(note.total()).isEqualTo("100.00");
        assertThat(note.refundable()).isEqualTo("0.00");
        assertThat(note.reason()).isEqualTo("broken");
        assertThat(note.lines()).containsExactly(new CreditNoteLine(1, "60.00"), new CreditNoteLine(2, "40.00"));
        assertThat(state(invoice)).isEqualTo("paid: 100.00 = 0.00 paid, 100.00 credited, 0.00 refundable, 0.00 owed");
        assertThat(balances()).containsExactly("1100 0.00", "4000 0.00");
        assertThat(rows("""
                SELECT e.operation || ' of ' || o.operation || ' for ' || e.source_id
                FROM semel_books.journal_entries e
                JOIN semel_books.journal_entries o ON o.tenant_id = e.tenant_id AND o.id = e.reverses
                WHERE e.tenant_id = ?
                """)).containsExactly("createCreditNote of finalizeInvoice for " + note.id());
        assertThat(books.events(caller)).last().isEqualTo("credit-note.created invoice:" + invoice);
    }

    @Test
    void partOfALineReducesWhatIsOwedAndTheRestCanBePaidOnly() {
        UUID invoice = invoice();
        credit(invoice, line(2, "15.50"));
        assertThat(state(invoice)).isEqualTo("final: 100.00 = 0.00 paid, 15.50 credited, 0.00 refundable, 84.50 owed");
        assertRefused(Reason.RULE, "OVERPAYMENT", () -> pay(invoice, "84.51"));
        pay(invoice, "84.50");
        assertThat(state(invoice)).isEqualTo("paid: 100.00 = 84.50 paid, 15.50 credited, 0.00 refundable, 0.00 owed");
        assertThat(balances()).containsExactly("1000 84.50", "1100 0.00", "4000 -84.50");
        assertThat(
                        rows(
                                "SELECT id::text FROM semel_books.journal_entries WHERE tenant_id = ? AND reverses IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void whatWasPaidAlreadyIsOwedToTheCustomer() {
        UUID invoice = invoice();
        pay(invoice, "70");
        CreditNote note = credit(invoice, line(2, null));
        assertThat(note.total()).isEqualTo("40.00");
        assertThat(note.refundable()).isEqualTo("10.00");
        assertThat(state(invoice)).isEqualTo("paid: 100.00 = 70.00 paid, 40.00 credited, 10.00 refundable, 0.00 owed");
        assertThat(balances()).containsExactly("1000 70.00", "1100 0.00", "2300 -10.00", "4000 -60.00");

        credit(invoice, WHOLE);
        assertThat(state(invoice)).isEqualTo("paid: 100.00 = 70.00 paid, 100.00 credited, 70.00 refundable, 0.00 owed");
        assertThat(balances()).containsExactly("1000 70.00", "1100 0.00", "2300 -70.00", "4000 0.00");
    }

    @Test
    void paymentThatIsReversedAfterwardsIsOwedAgainAndTheCustomersCreditStays() {
        UUID invoice = invoice();
        UUID payment = pay(invoice, "100");
        credit(invoice, line(1, "30"));
        books.reverse(caller, TestBooks.newKey(), payment);
        assertThat(state(invoice))
                .isEqualTo("final: 100.00 = 0.00 paid, 30.00 credited, 30.00 refundable, 100.00 owed");
        assertThat(balances()).containsExactly("1000 0.00", "1100 100.00", "2300 -30.00", "4000 -70.00");
        credit(invoice, WHOLE);
        assertThat(state(invoice))
                .isEqualTo("final: 100.00 = 0.00 paid, 100.00 credited, 30.00 refundable, 30.00 owed");
        pay(invoice, "30");
        assertThat(balances()).containsExactly("1000 30.00", "1100 0.00", "2300 -30.00", "4000 0.00");
    }

    @Test
    void neverMoreIsCreditedThanIsLeftOfEachLine() throws SQLException {
        UUID invoice = invoice();
        credit(invoice, line(2, "39.99"));
        assertRefused(Reason.RULE, "CREDIT_TOO_LARGE", () -> credit(invoice, line(2, "0.02")));
        credit(invoice, line(2, "0.01"));
        assertRefused(Reason.RULE, "NOTHING_TO_CREDIT", () -> credit(invoice, line(2, null)));
        assertRefused(Reason.RULE, "NOTHING_TO_CREDIT", () -> credit(invoice, line(2, "1")));
        assertRefused(Reason.RULE, "INVOICE_LINE_UNKNOWN", () -> credit(invoice, line(3, "1")));
        assertThat(credit(invoice, WHOLE).lines()).containsExactly(new CreditNoteLine(1, "60.00"));
        assertRefused(Reason.RULE, "NOTHING_TO_CREDIT", () -> credit(invoice, WHOLE));
        assertThat(rows("SELECT number::text FROM semel_books.credit_notes WHERE tenant_id = ? ORDER BY number"))
                .as("refused ones take no number")
                .containsExactly("1", "2", "3");
        assertThat(books.count("credit_note_lines", caller)).isEqualTo(3);
    }

    @Test
    void amountHasTheFractionDigitsOfTheInvoicesCurrency() {
        UUID invoice = invoice();
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> credit(invoice, line(1, "1.001")))
                .satisfies(refused -> assertThat(refused.errors())
                        .extracting(InvalidPayloadException.Violation::pointer)
                        .containsExactly("/lines/0/amount"));
    }

    @Test
    void draftAndWhatIsNotTheTenantsAreNotCredited() {
        UUID draft = books.draft(caller, "EUR", "10").id();
        UUID invoice = invoice();
        assertRefused(Reason.RULE, "INVOICE_NOT_FINAL", () -> credit(draft, WHOLE));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> credit(UUID.randomUUID(), WHOLE));
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.credit(TestBooks.newCaller(), TestBooks.newKey(), invoice, WHOLE));
        assertRefused(
                Reason.RULE,
                "NOTHING_TO_CREDIT",
                () -> credit(books.finalInvoice(caller, "EUR", "0").id(), WHOLE));
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameCreditNoteAlsoWhereNothingIsLeft() throws SQLException {
        UUID invoice = invoice();
        Key key = TestBooks.newKey();
        CreditNote first = books.credit(caller, key, invoice, WHOLE).result();
        books.forgetKeys(caller);
        Outcome<CreditNote> again = books.credit(caller, key, invoice, WHOLE);
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.count("credit_notes", caller)).isEqualTo(1);
    }

    /** Of sixteen at once over a third of what is left each, three find something, and their numbers have no gap. */
    @Test
    void atOnceNoMoreIsCreditedThanThereIsAndNumbersHaveNoGap() throws Exception {
        UUID invoice = invoice();
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(() -> tried(() -> credit(invoice, line(1, "20"))));
        }
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        List<String> ends = new ArrayList<>();
        try {
            for (Future<String> call : pool.invokeAll(calls)) {
                ends.add(call.get());
            }
        } finally {
            pool.shutdown();
        }
        assertThat(ends).filteredOn("done"::equals).hasSize(3);
        assertThat(ends).filteredOn("NOTHING_TO_CREDIT"::equals).hasSize(13);
        assertThat(rows("SELECT number::text FROM semel_books.credit_notes WHERE tenant_id = ? ORDER BY number"))
                .containsExactly("1", "2", "3");
        assertThat(state(invoice)).startsWith("final: 100.00 = 0.00 paid, 60.00 credited");
    }

    private static String tried(Callable<CreditNote> write) throws Exception {
        try {
            write.call();
            return "done";
        } catch (RejectedException e) {
            return e.code();
        }
    }

    @Test
    void invoiceThatWasCreditedIsStillAnInvoiceOfItsTotal() {
        UUID invoice = invoice();
        credit(invoice, line(1, "10"));
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.FINAL);
        assertThat(books.invoice(caller, invoice).lines()).hasSize(2);
        assertThat(books.invoice(caller, invoice).total()).isEqualTo("100.00");
    }
}
