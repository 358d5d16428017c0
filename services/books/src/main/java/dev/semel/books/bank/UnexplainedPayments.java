package dev.semel.books.bank;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.books.payments.Payment;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payments that no bank transaction explains yet. Works in the transaction of its caller. */
public final class UnexplainedPayments {
    // Equal amounts first; else those that were recorded around that day, among which a reference may still be found.
    private static final String CANDIDATES = """
            SELECT p.id, p.invoice_id, p.amount, p.currency, p.method, p.reference, p.created_at
            FROM semel_books.payments p
            WHERE p.tenant_id = ? AND p.currency = ?
              AND (p.amount = ? OR p.created_at BETWEEN ?::date - 31 AND ?::date + 31)
              AND NOT EXISTS (SELECT FROM semel_books.reconciliations r
                              WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id AND r.reversal_id IS NULL)
            ORDER BY (p.amount = ?) DESC, abs(extract(epoch FROM p.created_at - ?::date)), p.id
            LIMIT 200
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public UnexplainedPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Payment> candidates(String tenant, BankTransaction transaction) {
        BigDecimal amount = new BigDecimal(transaction.amount());
        return jdbc.sql(CANDIDATES)
                .params(tenant, transaction.currency(), amount, transaction.date(), transaction.date())
                .params(amount, transaction.date())
                .query(UnexplainedPayments::row)
                .list();
    }

    private static Payment row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("invoice_id", UUID.class),
                new Money(row.getBigDecimal("amount"), Currencies.require(currency)).text(),
                currency,
                row.getString("method"),
                row.getString("reference"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
