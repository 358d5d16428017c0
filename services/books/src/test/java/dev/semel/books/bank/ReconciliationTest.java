package dev.semel.books.bank;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.PaymentTable;
import dev.semel.spring.web.Filters;
import dev.semel.spring.web.PageRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class ReconciliationTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    ReconciliationTest(TestBooks books) {
        this.books = books;
    }

    private UUID payment(String amount) {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        return books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
    }

    private Outcome<BankTransaction> reconcile(UUID transaction, UUID payment) {
        return books.reconcile(caller, TestBooks.newKey(), transaction, payment);
    }

    private List<String> balances() {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT account_code || ' ' || sum(debit - credit) FROM semel_books.journal_lines
                                WHERE tenant_id = ? GROUP BY account_code ORDER BY account_code
                                """)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    @Test
    void reconcilingPostsWhatWasReceivedFromClearingToTheBank() throws SQLException {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40.00");
        assertThat(balances()).containsExactly("1000 40.00", "1100 60.00", "4000 -100.00");

        BankTransaction answer = reconcile(transaction, payment).result();
        assertThat(answer.id()).isEqualTo(transaction);
        assertThat(answer.paymentId()).isEqualTo(payment);
        assertThat(answer.status()).isEqualTo(BankTransactionStatus.RECONCILED);
        assertThat(balances()).containsExactly("1000 0.00", "1010 40.00", "1100 60.00", "4000 -100.00");
        assertThat(books.events(caller))
                .last()
                .isEqualTo("bank-transaction.reconciled bank-transaction:" + transaction);
    }

    @Test
    void unreconcilingIsAReversalAndBothAreFreeAgain() throws SQLException {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        reconcile(transaction, payment);
        BankTransaction undone =
                books.unreconcile(caller, TestBooks.newKey(), transaction).result();
        assertThat(undone.status()).isEqualTo(BankTransactionStatus.UNRECONCILED);
        assertThat(undone.paymentId()).isNull();
        assertThat(balances()).containsExactly("1000 40.00", "1010 0.00", "1100 60.00", "4000 -100.00");
        assertThat(books.count("journal_entries", caller)).isEqualTo(4);
        assertThat(books.count("reconciliations", caller)).isEqualTo(1);
        assertThat(reversals()).containsExactly("unreconcileLedger of reconcileLedger");

        assertRefused(
                Reason.CONFLICT, "NOT_RECONCILED", () -> books.unreconcile(caller, TestBooks.newKey(), transaction));
        assertThat(reconcile(transaction, payment).result().status()).isEqualTo(BankTransactionStatus.RECONCILED);
        assertThat(books.count("reconciliations", caller)).isEqualTo(2);
    }

    private List<String> reversals() {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql("""
                                SELECT e.operation || ' of ' || o.operation FROM semel_books.journal_entries e
                                JOIN semel_books.journal_entries o ON o.tenant_id = e.tenant_id AND o.id = e.reverses
                                WHERE e.tenant_id = ?
                                """)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    @Test
    void otherAmountOrCurrencyIsRefusedAndTheKeyStaysFree() throws SQLException {
        UUID payment = payment("40");
        Key key = TestBooks.newKey();
        for (String[] wrong : new String[][] {{"EUR", "40.01"}, {"EUR", "-40"}, {"USD", "40"}}) {
            UUID transaction = books.bankTransaction(caller, wrong[0], wrong[1]);
            assertRefused(Reason.RULE, "AMOUNT_MISMATCH", () -> books.reconcile(caller, key, transaction, payment));
        }
        assertThat(books.count("reconciliations", caller)).isZero();
        assertThat(books.count("journal_entries", caller)).isEqualTo(2);
        UUID right = books.bankTransaction(caller, "EUR", "40");
        assertThat(books.reconcile(caller, key, right, payment).replayed()).isFalse();
    }

    @Test
    void neitherTheTransactionNorThePaymentIsReconciledTwice() throws SQLException {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        reconcile(transaction, payment);
        UUID otherPayment = payment("40");
        assertRefused(Reason.CONFLICT, "ALREADY_RECONCILED", () -> reconcile(transaction, payment));
        assertRefused(Reason.CONFLICT, "ALREADY_RECONCILED", () -> reconcile(transaction, otherPayment));
        UUID otherTransaction = books.bankTransaction(caller, "EUR", "40");
        assertRefused(Reason.CONFLICT, "ALREADY_RECONCILED", () -> reconcile(otherTransaction, payment));
        assertThat(books.count("reconciliations", caller)).isEqualTo(1);
    }

    @Test
    void ofManyAtOnceOneIsReconciled() throws Exception {
        UUID payment = payment("40");
        List<UUID> transactions = IntStream.range(0, 8)
                .mapToObj(i -> books.bankTransaction(caller, "EUR", "40"))
                .toList();
        List<Callable<Integer>> calls = transactions.stream()
                .<Callable<Integer>>map(id -> () -> tried(id, payment))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        int done = 0;
        try {
            for (Future<Integer> call : pool.invokeAll(calls)) {
                done += call.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(done).isEqualTo(1);
        assertThat(books.count("reconciliations", caller)).isEqualTo(1);
        assertThat(balances()).contains("1000 0.00", "1010 40.00");
    }

    private int tried(UUID transaction, UUID payment) {
        try {
            reconcile(transaction, payment);
            return 1;
        } catch (RejectedException e) {
            assertThat(e.code()).isEqualTo("ALREADY_RECONCILED");
            return 0;
        }
    }

    @Test
    void whatIsUnknownOrAnotherTenantsIsNotFound() {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        Caller other = TestBooks.newCaller();
        UUID others = books.bankTransaction(other, "EUR", "40");
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> reconcile(others, payment));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> reconcile(transaction, UUID.randomUUID()));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.reconcile(other, TestBooks.newKey(), others, payment));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> books.unreconcile(caller, TestBooks.newKey(), others));
    }

    @Test
    void retryAfterTheKeyIsForgottenIsAReplay() throws SQLException {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        Key key = TestBooks.newKey();
        books.reconcile(caller, key, transaction, payment);
        books.forgetKeys(caller);
        assertThat(books.reconcile(caller, key, transaction, payment).replayed())
                .isTrue();
        Key undo = TestBooks.newKey();
        books.unreconcile(caller, undo, transaction);
        books.forgetKeys(caller);
        assertThat(books.unreconcile(caller, undo, transaction).replayed()).isTrue();
        assertThat(books.count("journal_entries", caller)).isEqualTo(4);
        books.reverse(caller, TestBooks.newKey(), payment);
        books.forgetKeys(caller);
        assertThat(books.reconcile(caller, key, transaction, payment).replayed())
                .isTrue();
    }

    @Test
    void suggestionsAreScoredAndExplained() {
        UUID invoice = books.finalInvoice(caller, "EUR", "500").id();
        UUID named = pay(invoice, "40", "RF 4711-A");
        UUID sameAmount = pay(invoice, "40", "other");
        UUID nothing = pay(invoice, "41", "nothing");
        UUID taken = pay(invoice, "40", "taken");
        reconcile(books.bankTransaction(caller, "EUR", "40"), taken);
        String file = "date,amount,currency,reference,description\n2026-11-24,40,EUR,S-1,Thanks rf4711a\n"
                + "2026-11-24,-40,EUR,S-2,out\n";
        books.importStatement(
                caller, TestBooks.newKey(), "text/csv", file.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        List<Suggestion> found = suggestions("S-1");
        assertThat(found).extracting(Suggestion::paymentId).containsExactly(named, sameAmount, nothing);
        assertThat(found).extracting(Suggestion::reconcilable).containsExactly(true, true, false);
        assertThat(found.get(0).score()).isGreaterThanOrEqualTo(90);
        assertThat(found.get(0).reasons()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(suggestions("S-2")).isEmpty();
    }

    private UUID pay(UUID invoice, String amount, String reference) {
        return books.semel()
                .execute(
                        BooksOperations.CREATE_PAYMENT,
                        caller,
                        TestBooks.newKey(),
                        new NewPayment(invoice, amount, "EUR", null, reference))
                .resultId();
    }

    private List<Suggestion> suggestions(String reference) {
        BankTransactionTable transactions = new BankTransactionTable(books.jdbc());
        BankReads reads = new BankReads(transactions, new PaymentTable(books.jdbc()));
        BankTransactionFilter filter = new BankTransactionFilter(null, null, reference, null, null, null);
        return books.semel().read(caller.tenant(), connection -> {
            UUID id = reads.page(caller.tenant(), filter, new PageRequest(1, null))
                    .items()
                    .get(0)
                    .id();
            return reads.suggestions(caller.tenant(), id.toString()).items();
        });
    }

    @Test
    void listIsFiltered() {
        UUID payment = payment("40");
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        UUID open = books.bankTransaction(caller, "EUR", "40");
        UUID dollars = books.bankTransaction(caller, "USD", "40");
        reconcile(transaction, payment);
        assertThat(ids(filter(null, BankTransactionStatus.RECONCILED, null))).containsExactly(transaction);
        assertThat(ids(filter("EUR", BankTransactionStatus.UNRECONCILED, null))).containsExactly(open);
        assertThat(ids(filter("USD", null, "2026-11-24"))).containsExactly(dollars);
        assertThat(ids(filter(null, null, "2026-11-25"))).isEmpty();
    }

    private static BankTransactionFilter filter(String currency, BankTransactionStatus status, String from) {
        return new BankTransactionFilter(null, currency, null, Filters.day("from", from), null, status);
    }

    private List<UUID> ids(BankTransactionFilter filter) {
        BankTransactionTable transactions = new BankTransactionTable(books.jdbc());
        return books
                .semel()
                .read(
                        caller.tenant(),
                        connection -> transactions.page(caller.tenant(), filter, new PageRequest(50, null)))
                .items()
                .stream()
                .map(BankTransaction::id)
                .toList();
    }
}
