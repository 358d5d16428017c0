package dev.semel.books.refunds;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.refunds}. Works in the transaction of its caller. */
public final class RefundTable {
    private static final String INSERT = """
            INSERT INTO semel_books.refunds (tenant_id, id, invoice_id, amount, currency, method, reference)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String FIND = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.refunds
            WHERE tenant_id = ? AND id = ?
            """;
    // Against a reversal and a reconciliation at once: each sees what the other has done, or waits for it.
    private static final String LOCK = FIND + "FOR UPDATE";
    private static final String HOLD = FIND + "FOR KEY SHARE";
    private static final String FIND_REVERSED = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.refunds
            WHERE tenant_id = ? AND reversal_id = ?
            """;
    private static final String REVERSE = """
            UPDATE semel_books.refunds
            SET reversal_id = ?, reversed_at = clock_timestamp(), reversal_reason = ?
            WHERE tenant_id = ? AND id = ? AND reversal_id IS NULL
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String RECONCILED = """
            SELECT EXISTS (SELECT FROM semel_books.reconciliations
                           WHERE tenant_id = ? AND refund_id = ? AND reversal_id IS NULL)
            """;
    private static final String PAGE = """
            SELECT id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            FROM semel_books.refunds
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
              AND (?::uuid IS NULL OR invoice_id = ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public RefundTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Refund insert(String tenant, UUID id, NewRefund refund) {
        return jdbc.sql(INSERT)
                .params(tenant, id, refund.invoiceId(), refund.money().amount(), refund.currency())
                .param(refund.method())
                .param(refund.reference())
                .query(RefundTable::row)
                .single();
    }

    /** The tenant's refund of that id. */
    public Optional<Refund> find(String tenant, UUID id) {
        return jdbc.sql(FIND).params(tenant, id).query(RefundTable::row).optional();
    }

    /** The refund, which nobody else reverses or reconciles before this transaction ends. */
    Optional<Refund> lock(String tenant, UUID id) {
        return jdbc.sql(LOCK).params(tenant, id).query(RefundTable::row).optional();
    }

    /** The refund, which nobody reverses before this transaction ends. */
    public Optional<Refund> hold(String tenant, UUID id) {
        return jdbc.sql(HOLD).params(tenant, id).query(RefundTable::row).optional();
    }

    /** The tenant's refund that this write reversed. */
    public Optional<Refund> findReversed(String tenant, UUID reversal) {
        return jdbc.sql(FIND_REVERSED)
                .params(tenant, reversal)
                .query(RefundTable::row)
                .optional();
    }

    /** Marks a locked refund that stands. */
    Refund reverse(String tenant, UUID id, UUID reversal, @Nullable String reason) {
        return jdbc.sql(REVERSE)
                .param(reversal)
                .param(reason)
                .params(tenant, id)
                .query(RefundTable::row)
                .single();
    }

    boolean isReconciled(String tenant, UUID id) {
        return jdbc.sql(RECONCILED).params(tenant, id).query(Boolean.class).single();
    }

    /** Those on that invoice; null means any. */
    Page<Refund> page(String tenant, @Nullable UUID invoice, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id())
                        .param(invoice)
                        .param(invoice)
                        .param(request.fetch())
                        .query(RefundTable::row)
                        .list(),
                request,
                refund -> new CreationPosition(refund.createdAt(), refund.id()).cursor());
    }

    private static Refund row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        OffsetDateTime reversedAt = row.getObject("reversed_at", OffsetDateTime.class);
        return new Refund(
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
