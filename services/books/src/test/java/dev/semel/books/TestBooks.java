package dev.semel.books;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.books.customers.CreateCustomer;
import dev.semel.books.customers.Customer;
import dev.semel.books.customers.CustomerTable;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.CreateInvoice;
import dev.semel.books.invoices.Finalization;
import dev.semel.books.invoices.FinalizeInvoice;
import dev.semel.books.invoices.Invoice;
import dev.semel.books.invoices.InvoiceLineTable;
import dev.semel.books.invoices.InvoiceReads;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.payments.CreatePayment;
import dev.semel.books.payments.NewPayment;
import dev.semel.books.payments.Payment;
import dev.semel.books.payments.PaymentTable;
import dev.semel.jackson.JacksonCodec;
import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import dev.semel.spring.internal.SpringTransactions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Books on a real PostgreSQL, migrated by its superuser and used as an application role. */
public final class TestBooks implements AutoCloseable {
    private static final String APP = "books_test";
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final EmbeddedPostgres postgres;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final Semel semel;
    private final Finalization finalization;

    TestBooks() throws SQLException {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.ephemeralBuilder()
                .setting("max_connections", "60")
                .build());
        migrate("semel", "core");
        migrate("semel_books", "books");
        asSuperuser("CREATE ROLE " + APP + " LOGIN PASSWORD '" + APP + "' NOBYPASSRLS IN ROLE semel_app");
        pool = pool();
        jdbc = JdbcClient.create(pool);
        InvoiceTable invoices = new InvoiceTable(jdbc);
        InvoiceLineTable lines = new InvoiceLineTable(jdbc);
        finalization = new Finalization(invoices, lines, new JournalEntryTable(jdbc));
        semel = semel(invoices, lines);
    }

    private void migrate(String schema, String folder) {
        PostgresConnection superuser = postgres.superuser();
        Flyway.configure()
                .dataSource(superuser.jdbcUrl(), superuser.user(), superuser.password())
                .schemas(schema)
                .locations("classpath:db/semel/" + folder)
                .load()
                .migrate();
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.superuser().jdbcUrl());
        config.setUsername(APP);
        config.setPassword(APP);
        config.setMaximumPoolSize(20);
        return new HikariDataSource(config);
    }

    private Semel semel(InvoiceTable invoices, InvoiceLineTable lines) {
        CustomerTable customers = new CustomerTable(jdbc);
        PaymentTable payments = new PaymentTable(jdbc);
        Semel.Builder builder = Semel.builder(
                new SpringTransactions(new JdbcTransactionManager(pool), pool), JacksonCodec.ofDefaults());
        new BooksConfigurer(customers, new InvoiceReads(invoices, lines), payments).configure(builder);
        return builder.handle(BooksOperations.CREATE_CUSTOMER, new CreateCustomer(customers))
                .handle(BooksOperations.CREATE_INVOICE, new CreateInvoice(customers, invoices, lines))
                .handle(
                        BooksOperations.CREATE_PAYMENT,
                        new CreatePayment(invoices, payments, new JournalEntryTable(jdbc)))
                .build();
    }

    /** A tenant of its own for each test. */
    public static Caller newCaller() {
        return new Caller("tenant-" + COUNTER.incrementAndGet(), "alice", "test");
    }

    public static Key newKey() {
        return new Key("key-" + COUNTER.incrementAndGet());
    }

    public Semel semel() {
        return semel;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public Customer customer(Caller caller) {
        return semel.execute(BooksOperations.CREATE_CUSTOMER, caller, newKey(), new NewCustomer("Ada", null))
                .result();
    }

    public Outcome<Invoice> createInvoice(Caller caller, Key key, NewInvoice invoice) {
        return semel.execute(BooksOperations.CREATE_INVOICE, caller, key, invoice);
    }

    /** A draft with one line over the amount. */
    public Invoice draft(Caller caller, String currency, String amount) {
        NewInvoiceLine line = new NewInvoiceLine("Work", "1", amount);
        return createInvoice(caller, newKey(), new NewInvoice(customer(caller).id(), currency, null, List.of(line)))
                .result();
    }

    public Outcome<Invoice> finalizeInvoice(Caller caller, Key key, String id) {
        Map<String, String> variables = Map.of("id", id);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return semel.execute(new Call<>(
                BooksOperations.FINALIZE_INVOICE,
                caller,
                key,
                new FinalizeInvoice(),
                Fingerprint.of(BooksOperations.FINALIZE_INVOICE.name(), variables, body),
                variables,
                write -> finalization.handle(id, write)));
    }

    /** A final invoice over the amount. */
    public Invoice finalInvoice(Caller caller, String currency, String amount) {
        UUID id = draft(caller, currency, amount).id();
        return finalizeInvoice(caller, newKey(), id.toString()).result();
    }

    public Outcome<Payment> pay(Caller caller, Key key, UUID invoice, String amount, String currency) {
        NewPayment payment = new NewPayment(invoice, amount, currency, "transfer", null);
        return semel.execute(BooksOperations.CREATE_PAYMENT, caller, key, payment);
    }

    public Invoice invoice(Caller caller, UUID id) {
        return semel.read(
                caller.tenant(),
                connection -> new InvoiceReads(new InvoiceTable(jdbc), new InvoiceLineTable(jdbc))
                        .find(caller.tenant(), id)
                        .orElseThrow());
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
        return semel.read(
                caller.tenant(),
                connection ->
                        jdbc.sql("""
                        SELECT type || ' ' || ordering_key FROM semel.outbox_events
                         WHERE tenant_id = ? AND type NOT LIKE 'semel.%' AND type NOT LIKE 'workflow.%' ORDER BY id
                        """).param(caller.tenant()).query(String.class).list());
    }

    /** As if the keys of the tenant had expired and been pruned long ago. */
    public void forgetKeys(Caller caller) throws SQLException {
        asSuperuser("DELETE FROM semel.idempotency_keys WHERE tenant_id = '" + caller.tenant() + "'");
    }

    public void asSuperuser(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection superuser() throws SQLException {
        PostgresConnection superuser = postgres.superuser();
        return DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
    }

    /** A transaction of the application's role, with the tenant set. */
    public Connection begin(Caller caller) throws SQLException {
        Connection connection = DriverManager.getConnection(postgres.superuser().jdbcUrl(), APP, APP);
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("SELECT set_config('semel.tenant', ?, true)")) {
            statement.setString(1, caller.tenant());
            statement.execute();
        }
        return connection;
    }

    @Override
    public void close() {
        pool.close();
        postgres.close();
    }
}
