package dev.semel.books.receivables;

import dev.semel.books.ledger.Account;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The receivable account by age. Works in the transaction of its caller; reads all that was ever posted to the account. */
public final class AgedReceivables {
    // Invoice by invoice: what is still owed of it, and how many limits it was due before. One that names no day is due
    // when
    // it is posted.
    private static final String OWED = """
            WITH posted AS (
                SELECT i.id, i.customer_id, i.currency, i.due_date, min(e.created_at) AS posted_at,
                       sum(l.debit - l.credit) AS owed
                FROM semel_books.journal_lines l
                JOIN semel_books.journal_entries e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
                LEFT JOIN semel_books.payments p ON p.tenant_id = e.tenant_id AND p.id = e.source_id
                LEFT JOIN semel_books.credit_notes n ON n.tenant_id = e.tenant_id AND n.id = e.source_id
                JOIN semel_books.invoices i
                  ON i.tenant_id = e.tenant_id AND i.id = coalesce(p.invoice_id, n.invoice_id, e.source_id)
                WHERE l.tenant_id = ? AND l.account_code = ?
                  AND (?::timestamptz IS NULL OR e.created_at < ?)
                GROUP BY i.id, i.customer_id, i.currency, i.due_date
            ), owed AS (
                SELECT customer_id, currency, owed,
                       (SELECT count(*) FROM unnest(?::date[], ?::timestamptz[]) AS age (day, moment)
                        WHERE CASE WHEN due_date IS NULL THEN posted_at < age.moment ELSE due_date < age.day END) AS age
                FROM posted
                WHERE owed <> 0
            )
            """;
    private static final String SUMS = """
            sum(CASE WHEN age = 0 THEN owed ELSE 0 END) AS not_due,
            sum(CASE WHEN age = 1 THEN owed ELSE 0 END) AS days_1_30,
            sum(CASE WHEN age = 2 THEN owed ELSE 0 END) AS days_31_60,
            sum(CASE WHEN age = 3 THEN owed ELSE 0 END) AS days_61_90,
            sum(CASE WHEN age = 4 THEN owed ELSE 0 END) AS over_90,
            sum(owed) AS total
            """;
    private static final String PAGE = OWED + "SELECT customer_id, c.name, currency, " + SUMS + """
            FROM owed
            JOIN semel_books.customers c ON c.tenant_id = ? AND c.id = customer_id
            WHERE (customer_id, currency) > (?, ?)
            GROUP BY customer_id, c.name, currency
            ORDER BY customer_id, currency
            LIMIT ?
            """;
    private static final String TOTALS = OWED + "SELECT currency, " + SUMS + """
            FROM owed
            GROUP BY currency
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public AgedReceivables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<AgedCustomer> page(String tenant, Period period, AgeLimits limits, PageRequest request) {
        AgingPosition after = AgingPosition.of(request);
        return Page.of(
                owed(PAGE, tenant, period, limits)
                        .params(tenant, after.customer(), after.currency(), request.fetch())
                        .query(AgedReceivables::row)
                        .list(),
                request,
                item -> new AgingPosition(item.customerId(), item.currency()).cursor());
    }

    SortedMap<String, Aged> totals(String tenant, Period period, AgeLimits limits) {
        SortedMap<String, Aged> totals = new TreeMap<>();
        owed(TOTALS, tenant, period, limits).query(row -> {
            totals.put(row.getString("currency"), Aged.of(row));
        });
        return totals;
    }

    private JdbcClient.StatementSpec owed(String sql, String tenant, Period period, AgeLimits limits) {
        return jdbc.sql(sql)
                .params(tenant, Account.RECEIVABLE.code())
                .param(period.before())
                .param(period.before())
                .param(limits.dayTexts())
                .param(limits.momentTexts());
    }

    private static AgedCustomer row(ResultSet row, int number) throws SQLException {
        return new AgedCustomer(
                row.getObject("customer_id", UUID.class),
                row.getString("name"),
                row.getString("currency"),
                Aged.of(row));
    }
}
