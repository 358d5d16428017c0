package dev.semel.books.payments;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.payments}. Works in the transaction of its caller. */
public final class PaymentTable {
    private static final String INSERT = """
            INSERT INTO semel_books.payments (tenant_id, id, invoice_id, amount, currency, method, reference)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String INSERT_ALL = """
            INSERT INTO semel_books.payments (tenant_id, id, invoice_id, amount, currency, method, reference)
            SELECT ?, made.id, made.invoice_id, made.amount, made.currency, made.method, made.reference
            FROM unnest(?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::text[])
                 AS made (id, invoice_id, amount, currency, method, reference)
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String FIND = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.payments
            WHERE tenant_id = ? AND id = ?
            """;
    // Against a reversal and a reconciliation at once: each sees what the other has done, or waits for it.
    private static final String LOCK = FIND + "FOR UPDATE";
    private static final String HOLD = FIND + "FOR KEY SHARE";
    private static final String FIND_REVERSED = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.payments
            WHERE tenant_id = ? AND reversal_id = ?
            """;
    private static final String REVERSE = """
            UPDATE semel_books.payments
            SET reversal_id = ?, reversed_at = clock_timestamp(), reversal_reason = ?
            WHERE tenant_id = ? AND id = ? AND reversal_id IS NULL
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String RECONCILED = """
            SELECT EXISTS (SELECT FROM semel_books.reconciliations
                           WHERE tenant_id = ? AND payment_id = ? AND reversal_id IS NULL)
            """;
    private static final String PAGE = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.payments
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
              AND (?::uuid IS NULL OR invoice_id = ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    // Equal amounts first; else those that were recorded around that day, among which a reference may still be found.
    private static final String UNEXPLAINED = """
            SELECT p.id, p.invoice_id, p.amount, p.currency, p.method, p.reference, p.created_at,
                   p.reversed_at, p.reversal_reason
            FROM semel_books.payments p
            WHERE p.tenant_id = ? AND p.currency = ? AND p.reversal_id IS NULL
              AND (p.amount = ? OR p.created_at BETWEEN ?::date - 31 AND ?::date + 31)
              AND NOT EXISTS (SELECT FROM semel_books.reconciliations r
                              WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id AND r.reversal_id IS NULL)
            ORDER BY (p.amount = ?) DESC, abs(extract(epoch FROM p.created_at - ?::date)), p.id
            LIMIT 200
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public PaymentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Payment insert(String tenant, UUID id, NewPayment payment) {
        return jdbc.sql(INSERT)
                .params(tenant, id, payment.invoiceId(), payment.money().amount(), payment.currency())
                .param(payment.method())
                .param(payment.reference())
                .query(PaymentTable::row)
                .single();
    }

    /** Payments by their ids, each as it is stored. */
    Map<UUID, Payment> insertAll(String tenant, Map<UUID, NewPayment> payments) {
        List<Map.Entry<UUID, NewPayment>> made = List.copyOf(payments.entrySet());
        return jdbc
                .sql(INSERT_ALL)
                .param(tenant)
                .param(column(made, payment -> payment.getKey().toString()))
                .param(column(made, payment -> payment.getValue().invoiceId().toString()))
                .param(column(made, payment -> payment.getValue().money().text()))
                .param(column(made, payment -> payment.getValue().currency()))
                .param(column(made, payment -> payment.getValue().method()))
                .param(column(made, payment -> payment.getValue().reference()))
                .query(PaymentTable::row)
                .list()
                .stream()
                .collect(Collectors.toMap(Payment::id, Function.identity()));
    }

    private static @Nullable String[] column(
            List<Map.Entry<UUID, NewPayment>> payments, Function<Map.Entry<UUID, NewPayment>, @Nullable String> value) {
        return payments.stream().map(value).toArray(String[]::new);
    }

    /** The tenant's payment of that id. */
    public Optional<Payment> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(PaymentTable::row).optional();
    }

    /** The payment, which nobody else reverses or reconciles before this transaction ends. */
    Optional<Payment> lock(String tenant, UUID id) {
        return jdbc.sql(LOCK).params(tenant, id).query(PaymentTable::row).optional();
    }

    /** The payment, which nobody reverses before this transaction ends. */
    public Optional<Payment> hold(String tenant, UUID id) {
        return jdbc.sql(HOLD).params(tenant, id).query(PaymentTable::row).optional();
    }

    /** The tenant's payment that this write reversed. */
    public Optional<Payment> findReversed(String tenant, UUID reversal) {
        return jdbc.sql(FIND_REVERSED)
                .params(tenant, reversal)
                .query(PaymentTable::row)
                .optional();
    }

    /** Marks a locked payment that stands. */
    Payment reverse(String tenant, UUID id, UUID reversal, @Nullable String reason) {
        return jdbc.sql(REVERSE)
                .param(reversal)
                .param(reason)
                .params(tenant, id)
                .query(PaymentTable::row)
                .single();
    }

    boolean isReconciled(String tenant, UUID id) {
        return jdbc.sql(RECONCILED).params(tenant, id).query(Boolean.class).single();
    }

    /** Those on that invoice; null means any. */
    Page<Payment> page(String tenant, @Nullable UUID invoice, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id())
                        .param(invoice)
                        .param(invoice)
                        .param(request.fetch())
                        .query(PaymentTable::row)
                        .list(),
                request,
                payment -> new CreationPosition(payment.createdAt(), payment.id()).cursor());
    }

    /** Those that no bank transaction explains yet, at most 200: of that amount, or recorded in the month before or after the day. */
    public List<Payment> unexplained(String tenant, Money amount, LocalDate day) {
        return jdbc.sql(UNEXPLAINED)
                .params(tenant, amount.currency().getCurrencyCode(), amount.amount(), day, day)
                .params(amount.amount(), day)
                .query(PaymentTable::row)
                .list();
    }

    private static Payment row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        OffsetDateTime reversedAt = row.getObject("reversed_at", OffsetDateTime.class);
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("invoice_id", UUID.class),
                new Money(row.getBigDecimal("amount"), Currencies.require(currency)).text(),
                currency,
                row.getString("method"),
                row.getString("reference"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                reversedAt == null ? null : reversedAt.toInstant(),
                row.getString("reversal_reason"));
    }
}
