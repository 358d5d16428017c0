package dev.semel.books.bank;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.bank_transactions}. Works in the transaction of its caller. */
public final class BankTransactionTable {
    // Imports of a tenant wait for each other, so that each sees what those before it have stored. A key of two
    // numbers: keys of
    // one number are the engine's.
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtext('semel_books.bank_transactions'), hashtext(?))
            """;
    // A reference that is known, from another file or from a line above, is no error. One that names an account and one
    // that names
    // none are the same line if day and amount are the same too: banks name the account in CAMT.053 and often not in
    // CSV.
    private static final String INSERT = """
            INSERT INTO semel_books.bank_transactions
                (tenant_id, import_id, id, account, reference, booked_on, amount, currency, description)
            SELECT ?, ?, line.id, line.account, line.reference, line.booked_on, line.amount, line.currency,
                   nullif(line.description, '')
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::date[], ?::numeric[], ?::text[], ?::text[])
                 AS line (id, account, reference, booked_on, amount, currency, description)
            WHERE NOT EXISTS (
                SELECT FROM semel_books.bank_transactions known
                WHERE known.tenant_id = ? AND known.reference = line.reference
                  AND known.booked_on = line.booked_on AND known.amount = line.amount AND known.currency = line.currency
                  AND (known.account = '') <> (line.account = ''))
            ON CONFLICT DO NOTHING
            """;
    private static final String SELECT = """
            SELECT b.id, b.import_id, b.account, b.reference, b.booked_on, b.amount, b.currency, b.description, b.created_at,
                   r.id AS reconciliation_id, r.payment_id, r.refund_id
            FROM semel_books.bank_transactions b
            LEFT JOIN semel_books.reconciliations r
                   ON r.tenant_id = b.tenant_id AND r.bank_transaction_id = b.id AND r.reversal_id IS NULL
            WHERE b.tenant_id = ?
            """;
    private static final String FIND = SELECT + "AND b.id = ?";
    private static final String PAGE = SELECT + """
            AND (b.created_at, b.id) > (?, ?)
            AND (?::uuid IS NULL OR b.import_id = ?)
            AND (?::text IS NULL OR b.currency = ?)
            AND (?::text IS NULL OR b.reference = ?)
            AND (?::date IS NULL OR b.booked_on >= ?)
            AND (?::date IS NULL OR b.booked_on <= ?)
            AND (?::boolean IS NULL OR (r.id IS NOT NULL) = ?)
            ORDER BY b.created_at, b.id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public BankTransactionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until this transaction ends, no other import of the tenant stores lines. */
    void lock(String tenant) {
        jdbc.sql(LOCK).param(tenant).query(row -> {
            // It is there or waited for; there is nothing to read.
        });
    }

    /** Stores the lines that are new and says how many they were. */
    int insert(String tenant, UUID importId, Function<StatementLine, UUID> ids, List<StatementLine> lines) {
        return jdbc.sql(INSERT)
                .params(tenant, importId)
                .param(column(lines, line -> ids.apply(line).toString()))
                .param(column(lines, StatementLine::account))
                .param(column(lines, StatementLine::reference))
                .param(column(lines, line -> line.date().toString()))
                .param(column(lines, line -> line.amount().text()))
                .param(column(lines, line -> line.amount().currency().getCurrencyCode()))
                .param(column(lines, StatementLine::description))
                .param(tenant)
                .update();
    }

    private static String[] column(List<StatementLine> lines, Function<StatementLine, String> value) {
        return lines.stream().map(value).toArray(String[]::new);
    }

    /** The tenant's bank transaction of that id. */
    public Optional<BankTransaction> find(String tenant, UUID id) {
        return jdbc.sql(FIND)
                .params(tenant, id)
                .query(BankTransactionTable::row)
                .optional();
    }

    Page<BankTransaction> page(String tenant, BankTransactionFilter filter, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id())
                        .params(filter.parameters())
                        .param(request.fetch())
                        .query(BankTransactionTable::row)
                        .list(),
                request,
                found -> new CreationPosition(found.createdAt(), found.id()).cursor());
    }

    private static BankTransaction row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        boolean open = row.getObject("reconciliation_id") == null;
        return new BankTransaction(
                row.getObject("id", UUID.class),
                row.getObject("import_id", UUID.class),
                row.getString("account"),
                row.getString("reference"),
                row.getObject("booked_on", LocalDate.class),
                new Money(row.getBigDecimal("amount"), Currencies.require(currency)).text(),
                currency,
                row.getString("description"),
                open ? BankTransactionStatus.UNRECONCILED : BankTransactionStatus.RECONCILED,
                row.getObject("payment_id", UUID.class),
                row.getObject("refund_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
