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
import dev.semel.books.invoices.InvoiceStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class PaymentReversalTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    PaymentReversalTest(TestBooks books) {
        this.books = books;
    }

    private UUID invoice(String amount) {
        return books.finalInvoice(caller, "EUR", amount).id();
    }

    private UUID pay(UUID invoice, String amount) {
        return books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
    }

    private Outcome<Payment> reverse(UUID payment) {
        return books.reverse(caller, TestBooks.newKey(), payment);
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
    void whatWasPaidIsOwedAgainAndThePaymentStays() throws SQLException {
        UUID invoice = invoice("100");
        UUID kept = pay(invoice, "60");
        UUID payment = pay(invoice, "40");
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.PAID);

        Payment reversed = reverse(payment).result();

        assertThat(reversed.id()).isEqualTo(payment);
        assertThat(reversed.amount()).isEqualTo("40.00");
        assertThat(reversed.reversedAt()).isAfterOrEqualTo(reversed.createdAt());
        assertThat(reversed.reversalReason()).isEqualTo("bounced");
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.FINAL);
        assertThat(books.invoice(caller, invoice).paid()).isEqualTo("60.00");
        assertThat(books.invoice(caller, invoice).balance()).isEqualTo("40.00");
        assertThat(balances()).containsExactly("1000 60.00", "1100 40.00", "4000 -100.00");
        assertThat(books.count("payments", caller)).isEqualTo(2);
        assertThat(books.events(caller)).last().isEqualTo("payment.reversed invoice:" + invoice);
        assertThat(rows("SELECT id::text FROM semel_books.payments WHERE tenant_id = ? AND reversal_id IS NULL"))
                .containsExactly(kept.toString());
    }

    @Test
    void entryNamesTheOneItReverses() {
        UUID payment = pay(invoice("100"), "40");
        reverse(payment);
        assertThat(rows("""
                SELECT e.operation || ' of ' || o.operation || ' ' || (e.source_id = o.source_id) || ' '
                       || (e.total = o.total)
                FROM semel_books.journal_entries e
                JOIN semel_books.journal_entries o ON o.tenant_id = e.tenant_id AND o.id = e.reverses
                WHERE e.tenant_id = ?
                """)).containsExactly("reversePayment of createPayment true true");
    }

    @Test
    void reopenedInvoiceIsPaidAgain() {
        UUID invoice = invoice("100");
        reverse(pay(invoice, "100"));
        pay(invoice, "100");
        assertThat(books.invoice(caller, invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(balances()).containsExactly("1000 100.00", "1100 0.00", "4000 -100.00");
    }

    @Test
    void secondReversalIsRefusedAndChangesNothing() throws SQLException {
        UUID invoice = invoice("100");
        UUID payment = pay(invoice, "40");
        reverse(payment);
        long entries = books.count("journal_entries", caller);
        assertRefused(Reason.CONFLICT, "PAYMENT_ALREADY_REVERSED", () -> reverse(payment));
        assertThat(books.count("journal_entries", caller)).isEqualTo(entries);
        assertThat(books.invoice(caller, invoice).paid()).isEqualTo("0.00");
    }

    @Test
    void whatTheBankHasConfirmedIsUnreconciledFirst() {
        UUID payment = pay(invoice("100"), "40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        books.reconcile(caller, TestBooks.newKey(), transaction, payment);
        assertRefused(Reason.CONFLICT, "PAYMENT_RECONCILED", () -> reverse(payment));

        books.unreconcile(caller, TestBooks.newKey(), transaction);
        reverse(payment);
        assertRefused(
                Reason.CONFLICT,
                "PAYMENT_REVERSED",
                () -> books.reconcile(caller, TestBooks.newKey(), transaction, payment));
        assertThat(balances()).containsExactly("1000 0.00", "1010 0.00", "1100 100.00", "4000 -100.00");
    }

    @Test
    void unknownPaymentAndOneOfAnotherTenantAreNotFound() {
        UUID payment = pay(invoice("100"), "40");
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> reverse(UUID.randomUUID()));
        assertRefused(
                Reason.NOT_FOUND, "NOT_FOUND", () -> books.reverse(TestBooks.newCaller(), TestBooks.newKey(), payment));
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameReversal() throws SQLException {
        UUID payment = pay(invoice("100"), "40");
        Key key = TestBooks.newKey();
        Payment first = books.reverse(caller, key, payment).result();
        books.forgetKeys(caller);
        Outcome<Payment> again = books.reverse(caller, key, payment);
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(first);
        assertThat(books.count("journal_entries", caller)).isEqualTo(3);
    }

    @Test
    void ofManyReversalsAtOnceOneTakesPlace() throws Exception {
        UUID invoice = invoice("100");
        UUID payment = pay(invoice, "40");
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> tried(() -> reverse(payment)));
        }
        assertThat(atOnce(calls)).filteredOn("done"::equals).hasSize(1);
        assertThat(books.invoice(caller, invoice).paid()).isEqualTo("0.00");
    }

    /** Either the bank confirms it or it is reversed, never both. */
    @RepeatedTest(10)
    void reversalAndReconciliationExcludeEachOther() throws Exception {
        UUID payment = pay(invoice("100"), "40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        List<String> ends = atOnce(List.of(
                () -> tried(() -> reverse(payment)),
                () -> tried(() -> books.reconcile(caller, TestBooks.newKey(), transaction, payment))));
        assertThat(ends).isIn(List.of("done", "PAYMENT_REVERSED"), List.of("PAYMENT_RECONCILED", "done"));
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> call : pool.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }

    private static String tried(Callable<Outcome<?>> write) throws Exception {
        try {
            write.call();
            return "done";
        } catch (RejectedException e) {
            return e.code();
        }
    }
}
