package dev.semel.books.refunds;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import dev.semel.books.bank.BankTransaction;
import dev.semel.books.bank.BankTransactionStatus;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.invoices.Invoice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class RefundsTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    RefundsTest(TestBooks books) {
        this.books = books;
    }

    private UUID refund(UUID invoice, String amount) {
        return books.refund(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
    }

    private UUID pay(UUID invoice, String amount) {
        return books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
    }

    private String state(UUID id) {
        Invoice invoice = books.invoice(caller, id);
        return "%s: %s refundable, %s refunded, %s owed"
                .formatted(invoice.status().text(), invoice.refundable(), invoice.refunded(), invoice.balance());
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
    void whatIsOwedToTheCustomerIsPaidBackAndPosted() {
        UUID invoice = books.overpaidInvoice(caller, "60");
        Refund refund =
                books.refund(caller, TestBooks.newKey(), invoice, "25.5", "EUR").result();

        assertThat(refund.amount()).isEqualTo("25.50");
        assertThat(refund.invoiceId()).isEqualTo(invoice);
        assertThat(refund.reversedAt()).isNull();
        assertThat(state(invoice)).isEqualTo("paid: 60.00 refundable, 25.50 refunded, 0.00 owed");
        assertThat(balances()).containsExactly("1000 74.50", "1100 0.00", "2300 -34.50", "4000 -40.00");
        assertThat(books.events(caller)).last().isEqualTo("refund.recorded invoice:" + invoice);
        assertThat(rows("SELECT operation || ' ' || total FROM semel_books.journal_entries"
                        + " WHERE tenant_id = ? AND source_id = '" + refund.id() + "'"))
                .containsExactly("createRefund 25.50");
    }

    @Test
    void neverMoreIsPaidBackThanIsOwed() throws SQLException {
        UUID invoice = books.overpaidInvoice(caller, "60");
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(invoice, "60.01"));
        refund(invoice, "59.99");
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(invoice, "0.02"));
        refund(invoice, "0.01");
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(invoice, "0.01"));
        assertThat(books.count("refunds", caller)).isEqualTo(2);
        assertThat(balances()).contains("1000 40.00", "2300 0.00");
    }

    @Test
    void whoHasPaidNothingMoreThanAskedForIsOwedNothing() throws SQLException {
        UUID draft = books.draft(caller, "EUR", "10").id();
        UUID unpaid = books.finalInvoice(caller, "EUR", "10").id();
        UUID paid = books.finalInvoice(caller, "EUR", "10").id();
        pay(paid, "10");
        UUID overpaid = books.overpaidInvoice(caller, "60");
        assertRefused(Reason.RULE, "INVOICE_NOT_FINAL", () -> refund(draft, "1"));
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(unpaid, "0.01"));
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(paid, "0.01"));
        assertRefused(
                Reason.RULE, "CURRENCY_MISMATCH", () -> books.refund(caller, TestBooks.newKey(), overpaid, "1", "USD"));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> refund(UUID.randomUUID(), "1"));
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.refund(TestBooks.newCaller(), TestBooks.newKey(), overpaid, "1", "EUR"));
        assertThat(books.count("refunds", caller)).isZero();
    }

    /** Else a customer whose payment bounces would be paid back what was never received. */
    @Test
    void whatTheCustomerOwesAgainComesOffWhatIsPaidBack() {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID bounced = pay(invoice, "50");
        pay(invoice, "50");
        books.credit(caller, TestBooks.newKey(), invoice, new NewCreditNote(null, null));
        books.reverse(caller, TestBooks.newKey(), bounced);
        assertThat(state(invoice)).isEqualTo("final: 100.00 refundable, 0.00 refunded, 50.00 owed");
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(invoice, "50.01"));
        refund(invoice, "50");
        assertThat(state(invoice)).isEqualTo("final: 100.00 refundable, 50.00 refunded, 50.00 owed");
        assertThat(balances()).containsExactly("1000 0.00", "1100 50.00", "2300 -50.00", "4000 0.00");
        assertRefused(Reason.RULE, "REFUND_TOO_LARGE", () -> refund(invoice, "0.01"));
    }

    @Test
    void refundThatComesBackIsOwedAgainAndCanBePaidOutAgain() {
        UUID invoice = books.overpaidInvoice(caller, "60");
        UUID refund = refund(invoice, "60");
        Refund reversed =
                books.reverseRefund(caller, TestBooks.newKey(), refund).result();
        assertThat(reversed.id()).isEqualTo(refund);
        assertThat(reversed.reversedAt()).isNotNull();
        assertThat(reversed.reversalReason()).isEqualTo("came back");
        assertThat(state(invoice)).isEqualTo("paid: 60.00 refundable, 0.00 refunded, 0.00 owed");
        assertThat(balances()).containsExactly("1000 100.00", "1100 0.00", "2300 -60.00", "4000 -40.00");
        assertThat(rows("""
                SELECT e.operation || ' of ' || o.operation FROM semel_books.journal_entries e
                JOIN semel_books.journal_entries o ON o.tenant_id = e.tenant_id AND o.id = e.reverses
                WHERE e.tenant_id = ?
                """)).containsExactly("reverseRefund of createRefund");
        assertThat(books.events(caller)).last().isEqualTo("refund.reversed invoice:" + invoice);
        assertRefused(
                Reason.CONFLICT,
                "REFUND_ALREADY_REVERSED",
                () -> books.reverseRefund(caller, TestBooks.newKey(), refund));
        refund(invoice, "60");
        assertThat(balances()).contains("1000 40.00", "2300 0.00");
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.reverseRefund(TestBooks.newCaller(), TestBooks.newKey(), refund));
    }

    @Test
    void bankTransactionThatTookTheMoneyIsReconciledWithIt() {
        UUID refund = refund(books.overpaidInvoice(caller, "60"), "60");
        UUID out = books.bankTransaction(caller, "EUR", "-60");
        UUID in = books.bankTransaction(caller, "EUR", "60");
        UUID other = books.bankTransaction(caller, "EUR", "-59.99");
        assertRefused(Reason.RULE, "AMOUNT_MISMATCH", () -> reconcile(in, refund));
        assertRefused(Reason.RULE, "AMOUNT_MISMATCH", () -> reconcile(other, refund));
        assertRefused(
                Reason.RULE, "AMOUNT_MISMATCH", () -> reconcile(books.bankTransaction(caller, "USD", "-60"), refund));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> reconcile(out, UUID.randomUUID()));

        BankTransaction reconciled = reconcile(out, refund);

        assertThat(reconciled.status()).isEqualTo(BankTransactionStatus.RECONCILED);
        assertThat(reconciled.refundId()).isEqualTo(refund);
        assertThat(reconciled.paymentId()).isNull();
        assertThat(balances()).containsExactly("1000 100.00", "1010 -60.00", "1100 0.00", "2300 0.00", "4000 -40.00");
        assertRefused(Reason.CONFLICT, "ALREADY_RECONCILED", () -> reconcile(out, refund));
        UUID again = books.bankTransaction(caller, "EUR", "-60");
        assertRefused(Reason.CONFLICT, "ALREADY_RECONCILED", () -> reconcile(again, refund));
        assertRefused(
                Reason.CONFLICT, "REFUND_RECONCILED", () -> books.reverseRefund(caller, TestBooks.newKey(), refund));

        assertThat(books.unreconcile(caller, TestBooks.newKey(), out).result().refundId())
                .isNull();
        books.reverseRefund(caller, TestBooks.newKey(), refund);
        assertThat(balances()).containsExactly("1000 100.00", "1010 0.00", "1100 0.00", "2300 -60.00", "4000 -40.00");
        assertRefused(Reason.CONFLICT, "REFUND_REVERSED", () -> reconcile(out, refund));
    }

    private BankTransaction reconcile(UUID transaction, UUID refund) {
        return books.reconcileRefund(caller, TestBooks.newKey(), transaction, refund)
                .result();
    }

    @Test
    void retryAfterTheKeyIsForgottenIsTheSameRefundAlsoWhereNothingIsOwedAnyMore() throws SQLException {
        UUID invoice = books.overpaidInvoice(caller, "60");
        Key key = TestBooks.newKey();
        Refund first = books.refund(caller, key, invoice, "60", "EUR").result();
        Key undo = TestBooks.newKey();
        Refund reversed = books.reverseRefund(caller, undo, first.id()).result();
        books.forgetKeys(caller);
        Outcome<Refund> again = books.refund(caller, key, invoice, "60", "EUR");
        Outcome<Refund> reversedAgain = books.reverseRefund(caller, undo, first.id());
        assertThat(again.replayed()).isTrue();
        assertThat(again.resultId()).isEqualTo(first.id());
        assertThat(reversedAgain.replayed()).isTrue();
        assertThat(reversedAgain.result()).isEqualTo(reversed);
        assertThat(books.count("refunds", caller)).isEqualTo(1);
    }

    /** Of sixteen at once over a third of what is owed each, three are paid. */
    @Test
    void atOnceNoMoreIsPaidBackThanThereIs() throws Exception {
        UUID invoice = books.overpaidInvoice(caller, "60");
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(() -> tried(() -> refund(invoice, "20")));
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
        assertThat(ends).filteredOn("REFUND_TOO_LARGE"::equals).hasSize(13);
        assertThat(state(invoice)).isEqualTo("paid: 60.00 refundable, 60.00 refunded, 0.00 owed");
    }

    private static String tried(Callable<UUID> write) throws Exception {
        try {
            write.call();
            return "done";
        } catch (RejectedException e) {
            return e.code();
        }
    }

    @Test
    void databaseKeepsRefundsWithinWhatIsOwedAndOneExplanationForEachTransaction() throws SQLException {
        UUID invoice = books.overpaidInvoice(caller, "60");
        UUID refund = refund(invoice, "60");
        UUID payment = pay(books.finalInvoice(caller, "EUR", "60").id(), "60");
        UUID out = books.bankTransaction(caller, "EUR", "-60");
        reconcile(out, refund);
        for (String forbidden : List.of(
                "UPDATE semel_books.invoices SET refunded = 60.01 WHERE id = '" + invoice + "'",
                "UPDATE semel_books.invoices SET refunded = -1 WHERE id = '" + invoice + "'",
                "UPDATE semel_books.reconciliations SET payment_id = '" + payment + "' WHERE refund_id = '" + refund
                        + "'",
                "UPDATE semel_books.reconciliations SET refund_id = NULL WHERE refund_id = '" + refund + "'",
                "UPDATE semel_books.refunds SET reversal_id = id, reversed_at = now() WHERE id = '" + refund + "'")) {
            assertThatThrownBy(() -> books.asSuperuser(forbidden))
                    .as(forbidden)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
        }
    }
}
