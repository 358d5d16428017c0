package dev.semel.books;

import dev.semel.Caller;
import dev.semel.Semel;
import dev.semel.books.access.AccessGrantController;
import dev.semel.books.access.NewAccessGrant;
import dev.semel.books.bank.BankTransactionController;
import dev.semel.books.bank.NewReconciliation;
import dev.semel.books.creditnotes.CreditNoteController;
import dev.semel.books.creditnotes.NewCreditLine;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.customers.CustomerController;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.employees.EmployeeController;
import dev.semel.books.employees.NewEmployee;
import dev.semel.books.employees.Salary;
import dev.semel.books.inventory.Adjustment;
import dev.semel.books.inventory.ItemController;
import dev.semel.books.inventory.NewItem;
import dev.semel.books.invoices.InvoiceController;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.PaymentController;
import dev.semel.books.payroll.NewPayrollRun;
import dev.semel.books.payroll.PayrollController;
import dev.semel.books.refunds.NewRefund;
import dev.semel.books.refunds.RefundController;
import dev.semel.books.settings.NewSettings;
import dev.semel.books.settings.SettingsController;
import dev.semel.books.workflows.WorkflowController;
import dev.semel.spring.Gate;
import dev.semel.spring.RawBody;
import dev.semel.testkit.ApplicationUnderTest;
import dev.semel.testkit.OperationUnderTest;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every registered operation keeps the contract, whatever fails. One that is registered and not listed here fails. On books of its
 * own: the kit compares all rows, again and again, and other tests leave many.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private static final String OTHER_AMOUNT = "39.99";

    private final TestBooks books = new TestBooks();
    private final Map<Semel, BooksEngine> engines = new IdentityHashMap<>();
    private final Set<String> employers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger months = new AtomicInteger();

    @AfterAll
    void close() {
        try {
            books.database().verifyTenancy();
        } finally {
            books.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsItsContract() {
        return ApplicationUnderTest.of(books.semel().registry())
                .routes(gates(
                        CustomerController.class,
                        InvoiceController.class,
                        PaymentController.class,
                        CreditNoteController.class,
                        RefundController.class,
                        EmployeeController.class,
                        PayrollController.class,
                        SettingsController.class,
                        AccessGrantController.class,
                        ItemController.class,
                        BankTransactionController.class,
                        WorkflowController.class))
                .operation(createCustomer())
                .operation(createInvoice())
                .operation(finalizeInvoice())
                .operation(createPayment())
                .operation(reversePayment())
                .operation(createCreditNote())
                .operation(createRefund())
                .operation(reverseRefund())
                .operation(createEmployee())
                .operation(endEmployment())
                .operation(executePayroll())
                .operation(reversePayrollRun())
                .operation(updateCompanySettings())
                .operation(grantUserAccess())
                .operation(revokeUserAccess())
                .operation(createItem())
                .operation(adjustInventory())
                .operation(importBankTransactions())
                .operation(reconcileLedger())
                .operation(unreconcileLedger())
                .operation(triggerWorkflow())
                .operation(retryWorkflowRun())
                .tests(books.database());
    }

    private static Map<String, String> gates(Class<?>... controllers) {
        return Stream.of(controllers)
                .flatMap(controller -> Stream.of(controller.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Gate.class))
                .collect(Collectors.toMap(
                        Method::toString,
                        method -> method.getAnnotation(Gate.class).value()));
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
                .build(caller -> books.draft(caller, "EUR", "100").id(), asked -> UUID.randomUUID());
    }

    private OperationUnderTest<NewPayment> createPayment() {
        return OperationUnderTest.of(BooksOperations.CREATE_PAYMENT, this::engine)
                .build(this::payment, asked -> payment(asked.invoiceId(), OTHER_AMOUNT));
    }

    private NewPayment payment(Caller caller) {
        return payment(books.finalInvoice(caller, "EUR", "100").id(), "40");
    }

    private static NewPayment payment(UUID invoice, String amount) {
        return new NewPayment(invoice, amount, "EUR", "transfer", null);
    }

    private OperationUnderTest<UUID> reversePayment() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.REVERSE_PAYMENT,
                        this::engine,
                        (semel, caller, key, id) ->
                                engines.get(semel).reversePayment(caller, key, id.toString(), "bounced"))
                .build(
                        caller -> books.pay(
                                        caller,
                                        TestBooks.newKey(),
                                        books.finalInvoice(caller, "EUR", "100").id(),
                                        "100",
                                        "EUR")
                                .resultId(),
                        asked -> UUID.randomUUID());
    }

    private record Credited(UUID invoice, String amount) {}

    /** Of an invoice that is paid in part, so that both what is owed and what was paid are credited. */
    private OperationUnderTest<Credited> createCreditNote() {
        return OperationUnderTest.<Credited>of(
                        BooksOperations.CREATE_CREDIT_NOTE,
                        this::engine,
                        (semel, caller, key, asked) -> engines.get(semel)
                                .credit(
                                        caller,
                                        key,
                                        asked.invoice.toString(),
                                        new NewCreditNote("broken", List.of(new NewCreditLine(1L, asked.amount)))))
                .build(this::partlyPaid, asked -> new Credited(asked.invoice, OTHER_AMOUNT));
    }

    private Credited partlyPaid(Caller caller) {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        books.pay(caller, TestBooks.newKey(), invoice, "70", "EUR");
        return new Credited(invoice, "40");
    }

    private OperationUnderTest<NewRefund> createRefund() {
        return OperationUnderTest.of(BooksOperations.CREATE_REFUND, this::engine)
                .build(
                        caller -> new NewRefund(books.overpaidInvoice(caller, "60"), "40", "EUR", "transfer", null),
                        asked -> new NewRefund(asked.invoiceId(), OTHER_AMOUNT, "EUR", "transfer", null));
    }

    private OperationUnderTest<UUID> reverseRefund() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.REVERSE_REFUND,
                        this::engine,
                        (semel, caller, key, id) ->
                                engines.get(semel).reverseRefund(caller, key, id.toString(), "came back"))
                .build(this::refund, asked -> UUID.randomUUID());
    }

    private UUID refund(Caller caller) {
        return books.refund(caller, TestBooks.newKey(), books.overpaidInvoice(caller, "60"), "60", "EUR")
                .resultId();
    }

    private OperationUnderTest<NewItem> createItem() {
        return OperationUnderTest.of(BooksOperations.CREATE_ITEM, this::engine)
                .varies("semel_books.items", "sku")
                .build(
                        caller -> new NewItem(TestBooks.newKey().value(), "Tea", 7L),
                        asked -> new NewItem(asked.sku(), "Tea", 8L));
    }

    private record Adjusted(UUID item, long delta) {}

    private OperationUnderTest<Adjusted> adjustInventory() {
        return OperationUnderTest.<Adjusted>of(
                        BooksOperations.ADJUST_INVENTORY,
                        this::engine,
                        (semel, caller, key, asked) -> engines.get(semel)
                                .adjust(caller, key, asked.item().toString(), new Adjustment(asked.delta(), "sold")))
                .varies("semel_books.items", "sku")
                .build(caller -> new Adjusted(books.item(caller, 7).id(), -2), asked -> new Adjusted(asked.item(), -3));
    }

    private OperationUnderTest<NewEmployee> createEmployee() {
        return OperationUnderTest.of(BooksOperations.CREATE_EMPLOYEE, this::engine)
                .build(
                        new NewEmployee("Ada", null, new Salary("100", "EUR")),
                        new NewEmployee("Ada", null, new Salary("101", "EUR")));
    }

    private OperationUnderTest<UUID> endEmployment() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.END_EMPLOYMENT,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).leave(caller, key, id.toString()))
                .build(caller -> books.employee(caller, "100", "EUR").id(), asked -> UUID.randomUUID());
    }

    private OperationUnderTest<NewPayrollRun> executePayroll() {
        return OperationUnderTest.of(BooksOperations.EXECUTE_PAYROLL, this::engine)
                .varies("semel_books.payroll_runs", "period")
                .varies("semel_books.payroll_periods", "period")
                .build(this::payroll, asked -> new NewPayrollRun(asked.period(), "USD"));
    }

    private OperationUnderTest<UUID> reversePayrollRun() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.REVERSE_PAYROLL_RUN,
                        this::engine,
                        (semel, caller, key, id) ->
                                engines.get(semel).reversePayroll(caller, key, id.toString(), "wrong hours"))
                .varies("semel_books.payroll_runs", "period")
                .varies("semel_books.payroll_periods", "period")
                .build(
                        caller -> {
                            NewPayrollRun asked = payroll(caller);
                            return books.payroll(caller, TestBooks.newKey(), asked.period(), asked.currency())
                                    .resultId();
                        },
                        asked -> UUID.randomUUID());
    }

    /** A month of its own for each run, and one employee for each tenant. */
    private NewPayrollRun payroll(Caller caller) {
        if (employers.add(caller.tenant())) {
            books.employee(caller, "100", "EUR");
        }
        int month = months.getAndIncrement();
        return new NewPayrollRun("%04d-%02d".formatted(2000 + month / 12, 1 + month % 12), "EUR");
    }

    private OperationUnderTest<NewSettings> updateCompanySettings() {
        return OperationUnderTest.<NewSettings>of(
                        BooksOperations.UPDATE_COMPANY_SETTINGS,
                        this::engine,
                        (semel, caller, key, asked) -> engines.get(semel).update(caller, key, null, asked))
                .build(this::settings, asked -> new NewSettings("Globex", null, null, asked.deductions()));
    }

    /** Back to the version before each, so that each change is the same one. */
    private NewSettings settings(Caller caller) {
        asSuperuser("""
                INSERT INTO semel_books.company_settings (tenant_id) VALUES ('%s')
                ON CONFLICT (tenant_id) DO UPDATE SET version = 0, legal_name = NULL, base_currency = 'EUR', timezone = 'UTC'
                """.formatted(caller.tenant()));
        return new NewSettings("Acme", "USD", "Europe/Vienna", null);
    }

    private OperationUnderTest<NewAccessGrant> grantUserAccess() {
        return OperationUnderTest.of(BooksOperations.GRANT_USER_ACCESS, this::engine)
                .varies("semel_books.access_grants", "user_id")
                .build(
                        caller -> new NewAccessGrant(TestBooks.newKey().value(), "reader"),
                        asked -> new NewAccessGrant(asked.userId(), "admin"));
    }

    private OperationUnderTest<UUID> revokeUserAccess() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.REVOKE_USER_ACCESS,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).revoke(caller, key, id.toString()))
                .varies("semel_books.access_grants", "user_id")
                .build(
                        caller -> books.grant(caller, TestBooks.newKey().value(), "reader")
                                .result()
                                .id(),
                        asked -> UUID.randomUUID());
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
                        (semel, caller, key, pair) -> engines.get(semel)
                                .reconcile(
                                        caller,
                                        key,
                                        pair.transaction.toString(),
                                        new NewReconciliation(pair.payment, null)))
                .build(this::pair, asked -> new Pair(asked.transaction, UUID.randomUUID()));
    }

    private OperationUnderTest<UUID> unreconcileLedger() {
        return OperationUnderTest.<UUID>of(
                        BooksOperations.UNRECONCILE_LEDGER,
                        this::engine,
                        (semel, caller, key, id) -> engines.get(semel).unreconcile(caller, key, id.toString()))
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
                .build(this::failedRun, asked -> UUID.randomUUID());
    }

    private UUID failedRun(Caller caller) {
        UUID id = books.trigger(caller, TestBooks.newKey(), "by-hand", Map.of()).resultId();
        asSuperuser("UPDATE semel_books.workflow_runs SET state = 'failed' WHERE id = '" + id + "'");
        return id;
    }

    private void asSuperuser(String sql) {
        try {
            books.asSuperuser(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID reconciled(Caller caller) {
        Pair pair = pair(caller);
        books.reconcile(caller, TestBooks.newKey(), pair.transaction, pair.payment);
        return pair.transaction;
    }
}
