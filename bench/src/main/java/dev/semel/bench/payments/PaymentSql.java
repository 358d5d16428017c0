package dev.semel.bench.payments;

import dev.semel.bench.payments.PaymentCall.NewPayment;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Records a payment with the books' own statements, in plain JDBC: the invoice is locked, the payment inserted, the invoice
 * updated, the entry posted with its lines. All contenders use it, in whatever transaction they have.
 */
public final class PaymentSql {
    private static final String LOCK_INVOICE = """
            SELECT id, number, status, customer_id, currency, due_date, total, paid, finalization_id, created_at
            FROM semel_books.invoices
            WHERE tenant_id = ? AND id = ?
            FOR NO KEY UPDATE
            """;
    private static final String INSERT_PAYMENT = """
            INSERT INTO semel_books.payments (tenant_id, id, invoice_id, amount, currency, method, reference)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            RETURNING id, invoice_id, amount, currency, method, reference, created_at, reversed_at, reversal_reason
            """;
    private static final String PAY_INVOICE = """
            UPDATE semel_books.invoices
            SET status = CASE WHEN paid + ? = total THEN 'paid' ELSE 'final' END, paid = paid + ?
            WHERE tenant_id = ? AND id = ? AND status = 'final'
            """;
    private static final String POST = """
            WITH entry AS (
                INSERT INTO semel_books.journal_entries
                    (tenant_id, id, operation, source_id, currency, total, line_count, reverses)
                VALUES (?, ?, ?, ?, ?, ?, ?, NULL)
                RETURNING tenant_id, id, currency, line_count
            )
            INSERT INTO semel_books.journal_lines
                (tenant_id, entry_id, currency, line_count,
                 line_no, account_code, debit, credit, balance_before, turnover_before)
            SELECT entry.tenant_id, entry.id, entry.currency, entry.line_count,
                   line.no, line.account_code, line.debit, line.credit, line.balance_before, line.turnover_before
            FROM entry,
                 unnest(?::text[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                 WITH ORDINALITY AS line (account_code, debit, credit, balance_before, turnover_before, no)
            """;

    private PaymentSql() {}

    /**
     * Records a payment in the connection's transaction.
     *
     * @param id of the payment
     * @param entryId of the journal entry
     */
    public static Payment record(Connection connection, String tenant, NewPayment payment, UUID id, UUID entryId)
            throws SQLException {
        requirePayable(connection, tenant, payment);
        Payment recorded = insert(connection, tenant, payment, id);
        pay(connection, tenant, payment);
        post(connection, tenant, payment, id, entryId);
        return recorded;
    }

    private static void requirePayable(Connection connection, String tenant, NewPayment payment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_INVOICE)) {
            statement.setString(1, tenant);
            statement.setObject(2, payment.invoiceId());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()
                        || !"final".equals(row.getString("status"))
                        || !payment.currency().equals(row.getString("currency"))
                        || row.getBigDecimal("total")
                                        .subtract(row.getBigDecimal("paid"))
                                        .compareTo(payment.amount())
                                < 0) {
                    throw new IllegalStateException("the invoice cannot be paid");
                }
            }
        }
    }

    private static Payment insert(Connection connection, String tenant, NewPayment payment, UUID id)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_PAYMENT)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            statement.setObject(3, payment.invoiceId());
            statement.setBigDecimal(4, payment.amount());
            statement.setString(5, payment.currency());
            statement.setString(6, "transfer");
            statement.setString(7, payment.reference());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Payment(
                        row.getObject("id", UUID.class),
                        row.getObject("invoice_id", UUID.class),
                        row.getBigDecimal("amount"),
                        row.getString("currency"),
                        row.getString("reference"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant());
            }
        }
    }

    private static void pay(Connection connection, String tenant, NewPayment payment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAY_INVOICE)) {
            statement.setBigDecimal(1, payment.amount());
            statement.setBigDecimal(2, payment.amount());
            statement.setString(3, tenant);
            statement.setObject(4, payment.invoiceId());
            statement.executeUpdate();
        }
    }

    private static void post(Connection connection, String tenant, NewPayment payment, UUID id, UUID entryId)
            throws SQLException {
        String amount = payment.amount().toPlainString();
        String nothing = BigDecimal.ZERO.setScale(payment.amount().scale()).toPlainString();
        try (PreparedStatement statement = connection.prepareStatement(POST)) {
            statement.setString(1, tenant);
            statement.setObject(2, entryId);
            statement.setString(3, "createPayment");
            statement.setObject(4, id);
            statement.setString(5, payment.currency());
            statement.setBigDecimal(6, payment.amount());
            statement.setInt(7, 2);
            statement.setArray(8, connection.createArrayOf("text", new String[] {"1000", "1100"}));
            statement.setArray(9, connection.createArrayOf("numeric", new String[] {amount, nothing}));
            statement.setArray(10, connection.createArrayOf("numeric", new String[] {nothing, amount}));
            statement.setArray(11, connection.createArrayOf("numeric", new String[] {nothing, amount}));
            statement.setArray(12, connection.createArrayOf("numeric", new String[] {nothing, amount}));
            statement.executeUpdate();
        }
    }
}
