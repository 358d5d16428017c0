package dev.semel.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.payments.NewPayment;
import dev.semel.spring.RawBody;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every registered operation keeps the contract, whatever fails. One that is registered and not listed here fails. */
@ExtendWith(BooksExtension.class)
class ContractTest {
    private static final String OTHER_AMOUNT = "39.99";

    private final TestBooks books;
    private final Map<Semel, BooksEngine> engines = new IdentityHashMap<>();

    ContractTest(TestBooks books) {
        this.books = books;
    }

    private Map<String, OperationUnderTest<?>> tested() {
        return Map.ofEntries(
                Map.entry("createCustomer", createCustomer()),
                Map.entry("createInvoice", createInvoice()),
                Map.entry("finalizeInvoice", finalizeInvoice()),
                Map.entry("createPayment", createPayment()),
                Map.entry("importBankTransactions", importBankTransactions()),
                Map.entry("reconcileLedger", reconcileLedger()),
                Map.entry("unreconcileLedger", unreconcileLedger()),
                Map.entry("triggerWorkflow", triggerWorkflow()),
                Map.entry("retryWorkflowRun", retryWorkflowRun()));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsExactlyOnce() {
        return forEachOperation(tested -> ExactlyOnce.on(books.database()).assertExactlyOnce(tested));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsExactlyOnceWhateverFails() {
        return forEachOperation(tested -> assertThat(
                        FaultEnumeration.run(books.database(), tested).points())
                .isGreaterThan(50));
    }

    private Stream<DynamicTest> forEachOperation(Consumer<OperationUnderTest<?>> trial) {
        Map<String, OperationUnderTest<?>> tested = tested();
        assertThat(books.semel().registry().operations())
                .as("operations that are tried, and registered")
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(tested.keySet());
        return books.semel().registry().operations().stream()
                .map(Operation::name)
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    assertThat(tested).as("operations that are tried").containsKey(name);
                    trial.accept(tested.get(name));
                }));
    }

    private Semel engine(DataSource source) {
        BooksEngine engine = BooksEngine.on(source);
        engines.put(engine.semel(), engine);
        return engine.semel();
    }

    private OperationUnderTest<NewCustomer> createCustomer() {
        return OperationUnderTest.of(BooksOperations.CREATE_CUSTOMER, this::engine)
                .build(new NewCustomer("Ada", null), new NewCustomer("Grace", null));
    }

    private OperationUnderTest<NewInvoice> createInvoice() {
        return OperationUnderTest.of(BooksOperations.CREATE_INVOICE, this::engine)
                .number("last number", "SELECT last_number FROM semel_books.invoice_numbers WHERE tenant_id = ?")
                .build(
                        caller -> invoice(books.customer(caller).id(), "EUR"),
                        asked -> invoice(asked.customerId(), "CHF"));
    }

    private static NewInvoice invoice(UUID customer, String currency) {
        return new NewInvoice(
                customer,
                currency,
                null,
                List.of(new NewInvoiceLine("Work", "1", "100"), new NewInvoiceLine("Tea", "2", "1.50")));
    }

    private OperationUnderTest<UUID> finalizeInvoice() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.FINALIZE_INVOICE,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).finalizeInvoice(caller, key, id.toString()))
                .number("final", "SELECT count(*) FROM semel_books.invoices WHERE tenant_id = ? AND status = 'final'")
                .build(caller -> books.draft(caller, "EUR", "100").id(), asked -> UUID.randomUUID());
    }

    private OperationUnderTest<NewPayment> createPayment() {
        return OperationUnderTest.of(BooksOperations.CREATE_PAYMENT, this::engine)
                .number("paid", "SELECT sum(paid) FROM semel_books.invoices WHERE tenant_id = ?")
                .number("debit", "SELECT sum(debit) FROM semel_books.journal_lines WHERE tenant_id = ?")
                .build(this::payment, asked -> payment(asked.invoiceId(), OTHER_AMOUNT));
    }

    private NewPayment payment(Caller caller) {
        return payment(books.finalInvoice(caller, "EUR", "100").id(), "40");
    }

    private static NewPayment payment(UUID invoice, String amount) {
        return new NewPayment(invoice, amount, "EUR", "transfer", null);
    }

    private OperationUnderTest<RawBody> importBankTransactions() {
        return OperationUnderTest.of(BooksOperations.IMPORT_BANK_TRANSACTIONS, this::engine)
                .build(caller -> statement(), asked -> statement());
    }

    /** Another one each time: the lines of one that is known are skipped. */
    private static RawBody statement() {
        String file = "date,amount,currency,reference\n2026-11-24,1,EUR,%s\n".formatted(UUID.randomUUID());
        return new RawBody("text/csv", file.getBytes(StandardCharsets.UTF_8));
    }

    private record Pair(UUID transaction, UUID payment) {}

    private Pair pair(Caller caller) {
        UUID invoice = books.finalInvoice(caller, "EUR", "40").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        return new Pair(books.bankTransaction(caller, "EUR", "40"), payment);
    }

    private OperationUnderTest<Pair> reconcileLedger() {
        return OperationUnderTest.<Pair>of(
                        BooksOperations.RECONCILE_LEDGER,
                        this::engine,
                        (semel, caller, key, pair) ->
                                engines.get(semel).reconcile(caller, key, pair.transaction.toString(), pair.payment))
                .build(this::pair, asked -> new Pair(asked.transaction, UUID.randomUUID()));
    }

    private OperationUnderTest<UUID> unreconcileLedger() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.UNRECONCILE_LEDGER,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).unreconcile(caller, key, id.toString()))
                .number(
                        "reversed",
                        "SELECT count(*) FROM semel_books.reconciliations WHERE tenant_id = ? AND reversal_id IS NOT NULL")
                .build(this::reconciled, asked -> UUID.randomUUID());
    }

    private OperationUnderTest<Map<String, Object>> triggerWorkflow() {
        return OperationUnderTest.<Map<String, Object>>of(
                        BooksOperations.TRIGGER_WORKFLOW,
                        this::engine,
                        (semel, caller, key, input) -> engines.get(semel).trigger(caller, key, "by-hand", input))
                .build(Map.of("n", 1), Map.of("n", 2));
    }

    private OperationUnderTest<UUID> retryWorkflowRun() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.RETRY_WORKFLOW_RUN,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).retryRun(caller, key, id.toString()))
                .number(
                        "failed",
                        "SELECT count(*) FROM semel_books.workflow_runs WHERE tenant_id = ? AND state = 'failed'")
                .build(this::failedRun, asked -> UUID.randomUUID());
    }

    private UUID failedRun(Caller caller) {
        UUID id = books.trigger(caller, TestBooks.newKey(), "by-hand", Map.of()).resultId();
        try {
            books.asSuperuser("UPDATE semel_books.workflow_runs SET state = 'failed' WHERE id = '" + id + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return id;
    }

    private UUID reconciled(Caller caller) {
        Pair pair = pair(caller);
        books.reconcile(caller, TestBooks.newKey(), pair.transaction, pair.payment);
        return pair.transaction;
    }
}
