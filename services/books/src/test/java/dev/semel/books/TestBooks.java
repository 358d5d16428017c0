package dev.semel.books;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.books.access.AccessGrant;
import dev.semel.books.access.NewAccessGrant;
import dev.semel.books.bank.BankTransaction;
import dev.semel.books.bank.ImportResult;
import dev.semel.books.bank.NewReconciliation;
import dev.semel.books.creditnotes.CreditNote;
import dev.semel.books.creditnotes.NewCreditLine;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.customers.Customer;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.employees.Employee;
import dev.semel.books.employees.NewEmployee;
import dev.semel.books.employees.Salary;
import dev.semel.books.inventory.Adjustment;
import dev.semel.books.inventory.Item;
import dev.semel.books.inventory.Movement;
import dev.semel.books.inventory.NewItem;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceReads;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.ledger.AccountReads;
import dev.semel.books.ledger.JournalLineTable;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.Payment;
import dev.semel.books.payroll.NewPayrollRun;
import dev.semel.books.payroll.PayrollRun;
import dev.semel.books.payroll.RunSummary;
import dev.semel.books.refunds.NewRefund;
import dev.semel.books.refunds.Refund;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.Deduction;
import dev.semel.books.settings.NewSettings;
import dev.semel.books.settings.Settings;
import dev.semel.books.settings.SettingsTable;
import dev.semel.books.workflows.WorkflowRun;
import dev.semel.books.workflows.WorkflowStart;
import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import dev.semel.spring.RawBody;
import dev.semel.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Books on a real PostgreSQL, migrated by its superuser and used as an application role. */
public final class TestBooks implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final EmbeddedPostgres postgres;
    private final TestDatabase database;
    private final DataSource uncheckedPool;
    private final BooksEngine engine;

    public TestBooks() {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder()
                .setting("max_connections", "100")
                .build());
        database = TestDatabase.create(postgres.superuser());
        database.migrate("db/semel/books", "semel_books");
        uncheckedPool = database.uncheckedPool(5);
        engine = BooksEngine.on(database.pool(20));
    }

    /** What its statements are checked by, and what the kit tries its operations on. */
    public TestDatabase database() {
        return database;
    }

    /** A tenant of its own for each test. */
    public static Caller newCaller() {
        return new Caller("tenant-" + COUNTER.incrementAndGet(), "alice", "test");
    }

    public static Key newKey() {
        return new Key("key-" + COUNTER.incrementAndGet());
    }

    public Semel semel() {
        return engine.semel();
    }

    public JdbcClient jdbc() {
        return engine.jdbc();
    }

    public Customer customer(Caller caller) {
        return semel().execute(BooksOperations.CREATE_CUSTOMER, caller, newKey(), new NewCustomer("Ada", null))
                .result();
    }

    public Outcome<Invoice> createInvoice(Caller caller, Key key, NewInvoice invoice) {
        return semel().execute(BooksOperations.CREATE_INVOICE, caller, key, invoice);
    }

    /** A draft with one line over the amount. */
    public Invoice draft(Caller caller, String currency, String amount) {
        NewInvoiceLine line = new NewInvoiceLine("Work", "1", amount);
        return createInvoice(caller, newKey(), new NewInvoice(customer(caller).id(), currency, null, List.of(line)))
                .result();
    }

    public Outcome<Invoice> finalizeInvoice(Caller caller, Key key, String id) {
        return engine.finalizeInvoice(caller, key, id);
    }

    /** A final invoice over the amount. */
    public Invoice finalInvoice(Caller caller, String currency, String amount) {
        UUID id = draft(caller, currency, amount).id();
        return finalizeInvoice(caller, newKey(), id.toString()).result();
    }

    public Outcome<Payment> pay(Caller caller, Key key, UUID invoice, String amount, String currency) {
        NewPayment payment = new NewPayment(invoice, amount, currency, "transfer", null);
        return semel().execute(BooksOperations.CREATE_PAYMENT, caller, key, payment);
    }

    public Outcome<Payment> reverse(Caller caller, Key key, UUID payment) {
        return engine.reversePayment(caller, key, payment.toString(), "bounced");
    }

    public Outcome<CreditNote> credit(Caller caller, Key key, UUID invoice, NewCreditNote asked) {
        return engine.credit(caller, key, invoice.toString(), asked);
    }

    public Outcome<Refund> refund(Caller caller, Key key, UUID invoice, String amount, String currency) {
        NewRefund refund = new NewRefund(invoice, amount, currency, "transfer", null);
        return semel().execute(BooksOperations.CREATE_REFUND, caller, key, refund);
    }

    public Outcome<Refund> reverseRefund(Caller caller, Key key, UUID refund) {
        return engine.reverseRefund(caller, key, refund.toString(), "came back");
    }

    /** An invoice over 100, paid in full, of which the amount was credited afterwards. */
    public UUID overpaidInvoice(Caller caller, String credited) {
        UUID invoice = finalInvoice(caller, "EUR", "100").id();
        pay(caller, newKey(), invoice, "100", "EUR");
        credit(caller, newKey(), invoice, new NewCreditNote(null, List.of(new NewCreditLine(1L, credited))));
        return invoice;
    }

    public Outcome<RunSummary> reversePayroll(Caller caller, Key key, UUID run) {
        return engine.reversePayroll(caller, key, run.toString(), "wrong hours");
    }

    public Employee employee(Caller caller, String salary, String currency) {
        NewEmployee employee = new NewEmployee("Ada", null, new Salary(salary, currency));
        return semel().execute(BooksOperations.CREATE_EMPLOYEE, caller, newKey(), employee)
                .result();
    }

    public Outcome<Employee> leave(Caller caller, Key key, UUID employee) {
        return engine.leave(caller, key, employee.toString());
    }

    public Outcome<PayrollRun> payroll(Caller caller, Key key, String period, String currency) {
        return semel().execute(BooksOperations.EXECUTE_PAYROLL, caller, key, new NewPayrollRun(period, currency));
    }

    public Outcome<Settings> update(Caller caller, Key key, @Nullable String ifMatch, NewSettings settings) {
        return engine.update(caller, key, ifMatch, settings);
    }

    public void deductions(Caller caller, Deduction... deductions) {
        update(caller, newKey(), null, new NewSettings(null, null, null, List.of(deductions)));
    }

    public Outcome<AccessGrant> grant(Caller caller, String user, String role) {
        return semel().execute(BooksOperations.GRANT_USER_ACCESS, caller, newKey(), new NewAccessGrant(user, role));
    }

    public Outcome<AccessGrant> revoke(Caller caller, UUID grant) {
        return engine.revoke(caller, newKey(), grant.toString());
    }

    /** A new item with a sku of its own. */
    public Item item(Caller caller, long quantity) {
        NewItem item = new NewItem("sku-" + COUNTER.incrementAndGet(), "Tea", quantity);
        return semel().execute(BooksOperations.CREATE_ITEM, caller, newKey(), item)
                .result();
    }

    public Outcome<Movement> adjust(Caller caller, Key key, UUID item, long delta) {
        return engine.adjust(caller, key, item.toString(), new Adjustment(delta, "sold"));
    }

    public Outcome<ImportResult> importStatement(Caller caller, Key key, String type, byte[] bytes) {
        return semel().execute(BooksOperations.IMPORT_BANK_TRANSACTIONS, caller, key, new RawBody(type, bytes));
    }

    /** A bank transaction over the amount, whose reference is new. */
    public UUID bankTransaction(Caller caller, String currency, String amount) {
        String reference = "REF-" + COUNTER.incrementAndGet();
        String file = "date,amount,currency,reference\n2026-11-24,%s,%s,%s\n".formatted(amount, currency, reference);
        importStatement(caller, newKey(), "text/csv", file.getBytes(StandardCharsets.UTF_8));
        return semel().read(
                        caller.tenant(),
                        connection -> jdbc().sql(
                                        "SELECT id FROM semel_books.bank_transactions WHERE tenant_id = ? AND reference = ?")
                                .params(caller.tenant(), reference)
                                .query(UUID.class)
                                .single());
    }

    public Outcome<BankTransaction> reconcile(Caller caller, Key key, UUID transaction, UUID payment) {
        return engine.reconcile(caller, key, transaction.toString(), new NewReconciliation(payment, null));
    }

    /** With a refund. */
    public Outcome<BankTransaction> reconcileRefund(Caller caller, Key key, UUID transaction, UUID refund) {
        return engine.reconcile(caller, key, transaction.toString(), new NewReconciliation(null, refund));
    }

    public Outcome<BankTransaction> unreconcile(Caller caller, Key key, UUID transaction) {
        return engine.unreconcile(caller, key, transaction.toString());
    }

    /** Known here is the workflow {@code by-hand} only. */
    public Outcome<WorkflowStart> trigger(Caller caller, Key key, String name, Map<String, Object> input) {
        return engine.trigger(caller, key, name, input);
    }

    public Outcome<WorkflowRun> retryRun(Caller caller, Key key, UUID id) {
        return engine.retryRun(caller, key, id.toString());
    }

    public Invoice invoice(Caller caller, UUID id) {
        return semel().read(
                        caller.tenant(),
                        connection -> new InvoiceReads(new InvoiceTable(jdbc()), new InvoiceLineTable(jdbc()))
                                .find(caller.tenant(), id)
                                .orElseThrow());
    }

    public AccountReads accounts() {
        return new AccountReads(new JournalLineTable(jdbc()), new CompanyDays(new SettingsTable(jdbc())));
    }

    /** Rows of the tenant, counted past row-level security. */
    public long count(String table, Caller caller) throws SQLException {
        String sql = "SELECT count(*) FROM semel_books." + table + " WHERE tenant_id = ?";
        try (var connection = superuser();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, caller.tenant());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Type and ordering key of the books' own events that the tenant's writes emitted, in their order. */
    public List<String> events(Caller caller) {
        return semel().read(
                        caller.tenant(),
                        connection -> jdbc().sql("""
                        SELECT type || ' ' || ordering_key FROM semel.outbox_events
                         WHERE tenant_id = ? AND type NOT LIKE 'semel.%' AND type NOT LIKE 'workflow.%' ORDER BY id
                        """)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    /** As if the keys of the tenant had expired and been pruned long ago. */
    public void forgetKeys(Caller caller) throws SQLException {
        asSuperuser("DELETE FROM semel.idempotency_keys WHERE tenant_id = '" + caller.tenant() + "'");
    }

    /** As if the keys of the tenant had expired just now, with nothing pruned yet. */
    public void expireKeys(Caller caller) throws SQLException {
        asSuperuser("UPDATE semel.idempotency_keys SET expires_at = clock_timestamp() - interval '1 second'"
                + " WHERE tenant_id = '" + caller.tenant() + "'");
    }

    public void asSuperuser(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection superuser() throws SQLException {
        PostgresConnection superuser = database.owner();
        return DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
    }

    /** A transaction of the application's role, with the tenant set and its statements unchecked. */
    public Connection begin(Caller caller) throws SQLException {
        Connection connection = uncheckedPool.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("SELECT set_config('semel.tenant', ?, true)")) {
            statement.setString(1, caller.tenant());
            statement.execute();
        }
        return connection;
    }

    @Override
    public void close() {
        try {
            database.close();
        } finally {
            postgres.close();
        }
    }
}
