package dev.semel.books.payments;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceStatus;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BooksExtension.class)
class PaymentsTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    PaymentsTest(TestBooks books) {
        this.books = books;
    }

    @ParameterizedTest
    @CsvSource({"EUR, 100.00, 40, 40.00, 60.00", "JPY, 100, 40, 40, 60", "KWD, 100.000, 40.001, 40.001, 59.999"})
    void partOfTheBalanceIsPaid(String currency, String total, String amount, String answered, String balance) {
        UUID invoice = books.finalInvoice(caller, currency, total).id();
        Outcome<Payment> outcome = books.pay(caller, TestBooks.newKey(), invoice, amount, currency);

        assertThat(outcome.result().id()).isEqualTo(outcome.resultId());
        assertThat(outcome.result().amount()).isEqualTo(answered);
        assertThat(outcome.result().invoiceId()).isEqualTo(invoice);
        Invoice after = books.invoice(caller, invoice);
        assertThat(after.status()).isEqualTo(InvoiceStatus.FINAL);
        assertThat(after.paid()).isEqualTo(answered);
        assertThat(after.balance()).isEqualTo(balance);
    }

    @Test
    void invoiceIsPaidInFullByItsLastPayment() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        pay(invoice, "60");
        pay(invoice, "40.00");
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(books.invoice(caller, invoice).balance()).isEqualTo("0.00");
    }

    @Test
    void paymentIsPostedAsClearingAgainstReceivable() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID payment = pay(invoice, "60").resultId();
        List<String> lines = books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT account_code || ' ' || debit || ' ' || credit FROM semel_books.journal_lines
                                JOIN semel_books.journal_entries e USING (tenant_id)
                                WHERE tenant_id = ? AND e.id = entry_id AND e.source_id = ? ORDER BY line_no
                                """)
                                .params(caller.tenant(), payment)
                                .query(String.class)
                                .list());
        assertThat(lines).containsExactly("1000 60.00 0.00", "1100 0.00 60.00");
    }

    @Test
    void moreThanTheBalanceIsRefusedAndNothingIsWritten() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        pay(invoice, "60");
        assertRefused(Reason.RULE, "OVERPAYMENT", () -> pay(invoice, "40.01"));
        assertThat(books.count("payments", caller)).isEqualTo(1);
        assertThat(books.count("journal_entries", caller)).isEqualTo(2);
        assertThat(books.invoice(caller, invoice).paid()).isEqualTo("60.00");
    }

    @Test
    void paidInvoiceTakesNothingMore() {
        UUID invoice = books.finalInvoice(caller, "EUR", "1").id();
        pay(invoice, "1");
        assertRefused(Reason.RULE, "OVERPAYMENT", () -> pay(invoice, "0.01"));
        UUID nothingOwed = books.finalInvoice(caller, "EUR", "0").id();
        assertRefused(Reason.RULE, "OVERPAYMENT", () -> pay(nothingOwed, "0.01"));
    }

    @Test
    void draftIsNotPayableWhateverElseIsWrong() {
        UUID draft = books.draft(caller, "EUR", "1").id();
        assertRefused(Reason.RULE, "INVOICE_NOT_FINAL", () -> pay(draft, "1"));
        assertRefused(Reason.RULE, "INVOICE_NOT_FINAL", () -> books.pay(caller, TestBooks.newKey(), draft, "9", "USD"));
    }

    @Test
    void otherCurrencyIsRefusedBeforeOverpayment() {
        UUID invoice = books.finalInvoice(caller, "EUR", "1").id();
        assertRefused(
                Reason.RULE, "CURRENCY_MISMATCH", () -> books.pay(caller, TestBooks.newKey(), invoice, "9", "USD"));
    }

    @Test
    void unknownInvoiceAndOneOfAnotherTenantAreNotFound() throws SQLException {
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> pay(UUID.randomUUID(), "1"));
        Caller other = TestBooks.newCaller();
        UUID invoice = books.finalInvoice(other, "EUR", "1").id();
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> pay(invoice, "1"));
        assertThat(books.count("payments", other)).isZero();
    }

    @Test
    void retryIsTheSamePayment() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        Key key = TestBooks.newKey();
        Outcome<Payment> first = books.pay(caller, key, invoice, "100", "EUR");
        Outcome<Payment> again = books.pay(caller, key, invoice, "100", "EUR");
        assertThat(again.replayed()).isTrue();
        assertThat(again.snapshot()).isEqualTo(first.snapshot());
        assertThat(books.count("payments", caller)).isEqualTo(1);
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSamePaymentAndNoOverpayment() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        Key key = TestBooks.newKey();
        Payment first = books.pay(caller, key, invoice, "100", "EUR").result();
        books.forgetKeys(caller);
        Outcome<Payment> again = books.pay(caller, key, invoice, "100", "EUR");
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.invoice(caller, invoice).paid()).isEqualTo("100.00");
    }

    @Test
    void eventsOfAnInvoiceShareTheirOrder() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        Key key = TestBooks.newKey();
        books.pay(caller, key, invoice, "100", "EUR");
        books.pay(caller, key, invoice, "100", "EUR");
        assertThat(books.events(caller)).last().isEqualTo("payment.recorded invoice:" + invoice);
        assertThat(books.events(caller).subList(1, 4))
                .containsExactly(
                        "invoice.created invoice:" + invoice,
                        "invoice.finalized invoice:" + invoice,
                        "payment.recorded invoice:" + invoice);
        assertThat(books.events(caller)).hasSize(4);
    }

    @Test
    void paymentsAtOnceNeverExceedTheTotal() throws Exception {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        List<Callable<Integer>> payers = Collections.nCopies(16, () -> tryToPay(invoice) + tryToPay(invoice));
        ExecutorService pool = Executors.newFixedThreadPool(16);
        int paid = 0;
        try {
            for (Future<Integer> payer : pool.invokeAll(payers)) {
                paid += payer.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(paid).isEqualTo(10);
        assertThat(books.count("payments", caller)).isEqualTo(10);
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(books.count("journal_entries", caller)).isEqualTo(11);
    }

    private int tryToPay(UUID invoice) {
        try {
            pay(invoice, "10");
            return 1;
        } catch (RejectedException e) {
            assertThat(e.code()).isEqualTo("OVERPAYMENT");
            return 0;
        }
    }

    private Outcome<Payment> pay(UUID invoice, String amount) {
        return books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR");
    }

    @Test
    void listIsNarrowedToAnInvoice() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID first = pay(invoice, "1").resultId();
        pay(books.finalInvoice(caller, "EUR", "100").id(), "2");
        UUID second = pay(invoice, "3").resultId();
        PaymentTable payments = new PaymentTable(books.jdbc());
        PageRequest all = new PageRequest(10, null);
        assertThat(books.semel()
                        .read(caller.tenant(), connection -> payments.page(caller.tenant(), invoice, all))
                        .items())
                .extracting(Payment::id)
                .containsExactly(first, second);
        assertThat(books.semel()
                        .read(caller.tenant(), connection -> payments.page(caller.tenant(), null, all))
                        .items())
                .hasSize(3);
    }
}
