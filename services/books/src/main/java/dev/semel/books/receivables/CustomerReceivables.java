package dev.semel.books.receivables;

import dev.semel.books.ledger.Account;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The receivable account, as far as it is about one customer. Works in the transaction of its caller. */
public final class CustomerReceivables {
    // What was posted for the customer's invoices, and for the credit notes and payments on them.
    private static final String POSTED = """
            WITH source AS (
                SELECT i.tenant_id, i.id, i.id AS invoice_id, i.number, NULL::uuid AS payment_id, NULL::uuid AS credit_note_id,
                       NULL::text AS reference
                FROM semel_books.invoices i
                WHERE i.tenant_id = ? AND i.customer_id = ?
                UNION ALL
                SELECT p.tenant_id, p.id, i.id, i.number, p.id, NULL, p.reference
                FROM semel_books.invoices i
                JOIN semel_books.payments p ON p.tenant_id = i.tenant_id AND p.invoice_id = i.id
                WHERE i.tenant_id = ? AND i.customer_id = ?
                UNION ALL
                SELECT n.tenant_id, n.id, i.id, i.number, NULL, n.id, n.reason
                FROM semel_books.invoices i
                JOIN semel_books.credit_notes n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.id
                WHERE i.tenant_id = ? AND i.customer_id = ?
            ), posted AS (
                SELECT e.id, e.created_at, e.operation, e.currency, l.debit, l.credit,
                       s.invoice_id, s.number, s.payment_id, s.credit_note_id, s.reference,
                       sum(l.debit - l.credit) OVER (PARTITION BY e.currency ORDER BY e.created_at, e.id) AS balance
                FROM source s
                JOIN semel_books.journal_entries e ON e.tenant_id = s.tenant_id AND e.source_id = s.id
                JOIN semel_books.journal_lines l ON l.tenant_id = e.tenant_id AND l.entry_id = e.id
                WHERE e.tenant_id = ? AND l.account_code = ?
            )
            """;
    private static final String PAGE = POSTED + """
            SELECT id, created_at, operation, currency, debit, credit, invoice_id, number, payment_id, credit_note_id, reference,
                   balance
            FROM posted
            WHERE (?::timestamptz IS NULL OR created_at >= ?)
              AND (?::timestamptz IS NULL OR created_at < ?)
              AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;
    private static final String SUM = POSTED + """
            SELECT currency, sum(debit - credit) AS owed FROM posted
            WHERE ?::timestamptz IS NULL OR created_at < ?
            GROUP BY currency
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public CustomerReceivables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<ReceivableLine> page(String tenant, UUID customer, Period period, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                posted(PAGE, tenant, customer)
                        .params(period.parameters())
                        .params(after.time(), after.id(), request.fetch())
                        .query(CustomerReceivables::row)
                        .list(),
                request,
                line -> new CreationPosition(line.createdAt(), line.entryId()).cursor());
    }

    /** What was owed at the end of the period, in each currency in which anything was ever posted until then. */
    SortedMap<String, String> owed(String tenant, UUID customer, Period period) {
        SortedMap<String, String> owed = new TreeMap<>();
        posted(SUM, tenant, customer)
                .param(period.before())
                .param(period.before())
                .query(row -> {
                    owed.put(row.getString("currency"), text(row, "owed"));
                });
        return owed;
    }

    private JdbcClient.StatementSpec posted(String sql, String tenant, UUID customer) {
        return jdbc.sql(sql)
                .params(tenant, customer, tenant, customer)
                .params(tenant, customer)
                .params(tenant, Account.RECEIVABLE.code());
    }

    private static ReceivableLine row(ResultSet row, int number) throws SQLException {
        return new ReceivableLine(
                row.getObject("id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("operation"),
                row.getObject("invoice_id", UUID.class),
                row.getLong("number"),
                row.getObject("payment_id", UUID.class),
                row.getObject("credit_note_id", UUID.class),
                row.getString("reference"),
                row.getString("currency"),
                text(row, "debit"),
                text(row, "credit"),
                text(row, "balance"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return new Money(row.getBigDecimal(column), Currencies.require(row.getString("currency"))).text();
    }
}
