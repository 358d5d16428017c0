package dev.semel.books.invoices;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.invoices}. Works in the transaction of its caller. */
public final class InvoiceTable {
    // The number is drawn and used in one statement: its row is locked until the commit, and all new invoices of the
    // tenant wait for it.
    private static final String INSERT = """
            WITH number AS (
                INSERT INTO semel_books.invoice_numbers AS counter (tenant_id, last_number)
                VALUES (?, 1)
                ON CONFLICT (tenant_id) DO UPDATE SET last_number = counter.last_number + 1
                RETURNING tenant_id, last_number
            )
            INSERT INTO semel_books.invoices
                (tenant_id, number, id, status, customer_id, currency, due_date, total)
            SELECT tenant_id, last_number, ?, 'draft', ?, ?, ?::date, ? FROM number
            RETURNING id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            """;
    private static final String FIND = """
            SELECT id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            FROM semel_books.invoices
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String FIND_FINALIZED = """
            SELECT id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            FROM semel_books.invoices
            WHERE tenant_id = ? AND finalization_id = ?
            """;
    private static final String LOCK = FIND + "FOR NO KEY UPDATE";
    // In one order, so that two that lock many do not wait for each other in a circle.
    private static final String LOCK_ALL = """
            SELECT id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            FROM semel_books.invoices
            WHERE tenant_id = ? AND id = ANY (?::uuid[])
            ORDER BY id
            FOR NO KEY UPDATE
            """;
    private static final String FINALIZE = """
            UPDATE semel_books.invoices
            SET status = CASE WHEN total = 0 THEN 'paid' ELSE 'final' END, finalization_id = ?
            WHERE tenant_id = ? AND id = ?
            RETURNING id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            """;
    private static final String PAY = """
            UPDATE semel_books.invoices
            SET status = CASE WHEN paid + ? + credited - refundable = total THEN 'paid' ELSE 'final' END, paid = paid + ?
            WHERE tenant_id = ? AND id = ? AND status = 'final'
            """;
    private static final String PAY_ALL = """
            UPDATE semel_books.invoices AS invoice
            SET status = CASE WHEN paid + made.amount + credited - refundable = total THEN 'paid' ELSE 'final' END,
                paid = paid + made.amount
            FROM unnest(?::uuid[], ?::numeric[]) AS made (invoice_id, amount)
            WHERE invoice.tenant_id = ? AND invoice.id = made.invoice_id AND invoice.status = 'final'
            """;
    private static final String OWE = """
            UPDATE semel_books.invoices SET status = 'final', paid = paid - ?
            WHERE tenant_id = ? AND id = ? AND status <> 'draft' AND paid >= ?
            """;
    // Nothing is owed any more where what was paid and what was credited make up the total.
    private static final String CREDIT = """
            UPDATE semel_books.invoices
            SET credited = credited + ?, refundable = refundable + ?,
                status = CASE WHEN paid + credited + ? - refundable - ? = total THEN 'paid' ELSE 'final' END
            WHERE tenant_id = ? AND id = ? AND status <> 'draft'
            """;
    private static final String REFUND = """
            UPDATE semel_books.invoices SET refunded = refunded + ?
            WHERE tenant_id = ? AND id = ? AND refunded + ? BETWEEN 0 AND refundable
            """;
    // By number: a number is given under a lock that lasts until the commit, so no invoice can appear before a number
    // that was seen.
    private static final String PAGE = """
            SELECT id, number, status, customer_id, currency, due_date, total, paid, credited, refundable, refunded, finalization_id, created_at
            FROM semel_books.invoices
            WHERE tenant_id = ? AND number > ?
              AND (?::text IS NULL OR status = ?)
              AND (?::uuid IS NULL OR customer_id = ?)
              AND (?::date IS NULL OR due_date < ?)
            ORDER BY number
            LIMIT ?
            """;
    private static final String EXPORT = """
            SELECT i.id, i.number, i.status, i.customer_id, i.currency, i.due_date, i.total, i.paid, i.credited, i.refundable,
                   i.refunded, i.finalization_id, i.created_at, c.name
            FROM semel_books.invoices i
            JOIN semel_books.customers c ON c.tenant_id = i.tenant_id AND c.id = i.customer_id
            WHERE i.tenant_id = ?
              AND (?::text IS NULL OR i.status = ?)
              AND (?::uuid IS NULL OR i.customer_id = ?)
              AND (?::date IS NULL OR i.due_date < ?)
            ORDER BY i.number
            """;
    private static final int EXPORTED_AT_A_TIME = 1000;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public InvoiceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    StoredInvoice insert(String tenant, UUID id, NewInvoice invoice, Money total) {
        return jdbc.sql(INSERT)
                .params(tenant, id, invoice.customerId(), invoice.currency())
                .param(invoice.dueDate())
                .param(total.amount())
                .query(InvoiceTable::row)
                .single();
    }

    Optional<StoredInvoice> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(InvoiceTable::row).optional();
    }

    Optional<StoredInvoice> findFinalized(String tenant, UUID finalizationId) {
        return jdbc.sql(FIND_FINALIZED)
                .params(tenant, finalizationId)
                .query(InvoiceTable::row)
                .optional();
    }

    /** The invoice, not to be changed by anybody else before this transaction ends. */
    public Optional<StoredInvoice> lock(String tenant, UUID id) {
        return jdbc.sql(LOCK).params(tenant, id).query(InvoiceTable::row).optional();
    }

    /** Those of the invoices that there are, not to be changed by anybody else before this transaction ends. */
    public List<StoredInvoice> lockAll(String tenant, Collection<UUID> ids) {
        return jdbc.sql(LOCK_ALL)
                .param(tenant)
                .param(texts(ids))
                .query(InvoiceTable::row)
                .list();
    }

    StoredInvoice setFinal(String tenant, UUID id, UUID finalizationId) {
        return jdbc.sql(FINALIZE)
                .params(finalizationId, tenant, id)
                .query(InvoiceTable::row)
                .single();
    }

    /** Adds to what was paid on a locked, final invoice. */
    public void pay(String tenant, UUID id, Money amount) {
        int changed = jdbc.sql(PAY)
                .params(amount.amount(), amount.amount(), tenant, id)
                .update();
        if (changed != 1) {
            throw new IllegalStateException("the invoice was not final: it must be locked first");
        }
    }

    /** Adds to what was paid on locked, final invoices. */
    public void payAll(String tenant, Map<UUID, Money> amounts) {
        List<Map.Entry<UUID, Money>> paid = List.copyOf(amounts.entrySet());
        int changed = jdbc.sql(PAY_ALL)
                .param(texts(paid.stream().map(Map.Entry::getKey).toList()))
                .param(paid.stream().map(one -> one.getValue().text()).toArray(String[]::new))
                .param(tenant)
                .update();
        if (changed != paid.size()) {
            throw new IllegalStateException("an invoice was not final: all must be locked first");
        }
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    /** Adds to what was credited on a locked invoice that is no draft. */
    public void credit(String tenant, UUID id, Money amount, Money refundable) {
        int changed = jdbc.sql(CREDIT)
                .params(amount.amount(), refundable.amount(), amount.amount(), refundable.amount())
                .params(tenant, id)
                .update();
        if (changed != 1) {
            throw new IllegalStateException("the invoice was a draft: it must be locked first");
        }
    }

    /** Takes back what was paid on an invoice, which is open again. */
    public void owe(String tenant, UUID id, Money amount) {
        int changed = jdbc.sql(OWE)
                .params(amount.amount(), tenant, id, amount.amount())
                .update();
        if (changed != 1) {
            throw new IllegalStateException("less than that was paid on the invoice");
        }
    }

    /** Adds to what was paid back on a locked invoice. */
    public void refund(String tenant, UUID id, Money amount) {
        refund(tenant, id, amount.amount());
    }

    /** Takes back what was paid back on an invoice, which is owed to the customer again. */
    public void takeBackRefund(String tenant, UUID id, Money amount) {
        refund(tenant, id, amount.amount().negate());
    }

    private void refund(String tenant, UUID id, BigDecimal amount) {
        if (jdbc.sql(REFUND).params(amount, tenant, id, amount).update() != 1) {
            throw new IllegalStateException("no more is paid back than credit notes owe, and no less than nothing");
        }
    }

    Page<StoredInvoice> page(String tenant, InvoiceFilter filter, PageRequest request) {
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, NumberPosition.of(request).number())
                        .params(filter.parameters())
                        .param(request.fetch())
                        .query(InvoiceTable::row)
                        .list(),
                request,
                invoice -> new NumberPosition(invoice.number()).cursor());
    }

    /** Hands on invoice by invoice, never with more than a thousand in memory; within a transaction only. */
    public void export(String tenant, InvoiceFilter filter, Consumer<BilledInvoice> invoices) {
        jdbc.sql(EXPORT)
                .withFetchSize(EXPORTED_AT_A_TIME)
                .param(tenant)
                .params(filter.parameters())
                .query(row -> {
                    invoices.accept(new BilledInvoice(row(row, 0), row.getString("name")));
                });
    }

    private static StoredInvoice row(ResultSet row, int number) throws SQLException {
        Currency currency = Currencies.require(row.getString("currency"));
        return new StoredInvoice(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                InvoiceStatus.of(row.getString("status")),
                row.getObject("customer_id", UUID.class),
                row.getObject("due_date", LocalDate.class),
                new Money(row.getBigDecimal("total"), currency),
                new Money(row.getBigDecimal("paid"), currency),
                new Money(row.getBigDecimal("credited"), currency),
                new Money(row.getBigDecimal("refundable"), currency),
                new Money(row.getBigDecimal("refunded"), currency),
                row.getObject("finalization_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
