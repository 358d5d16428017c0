package dev.semel.bench.payments;

import dev.semel.Write;
import dev.semel.bench.payments.PaymentCall.NewPayment;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What {@link PaymentSql} does for one payment, for many of one tenant with as many statements. */
final class PaymentsSql {
    /** In one order, so that two batches do not wait for each other in a circle. */
    private static final String LOCK_INVOICES = """
            SELECT id, currency, total - paid AS open
              FROM semel_books.invoices
             WHERE tenant_id = ? AND id = ANY (?::uuid[]) AND status = 'final'
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    private static final String INSERT_PAYMENTS = """
            INSERT INTO semel_books.payments (tenant_id, id, invoice_id, amount, currency, method, reference)
            SELECT ?, made.id, made.invoice_id, made.amount, made.currency, 'transfer', made.reference
              FROM unnest(?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[])
                   AS made (id, invoice_id, amount, currency, reference)
            RETURNING id, invoice_id, amount, currency, reference, created_at
            """;
    private static final String PAY_INVOICES = """
            UPDATE semel_books.invoices AS invoice
               SET status = CASE WHEN invoice.paid + made.amount = invoice.total THEN 'paid' ELSE 'final' END,
                   paid = invoice.paid + made.amount
              FROM (SELECT one.invoice_id, sum(one.amount) AS amount
                      FROM unnest(?::uuid[], ?::numeric[]) AS one (invoice_id, amount)
                     GROUP BY one.invoice_id) AS made
             WHERE invoice.tenant_id = ? AND invoice.id = made.invoice_id AND invoice.status = 'final'
            """;
    private static final String POST = """
            WITH entry AS (
                INSERT INTO semel_books.journal_entries
                    (tenant_id, id, operation, source_id, currency, total, line_count, reverses)
                SELECT ?, made.id, 'createPayment', made.payment_id, made.currency, made.amount, 2, NULL
                  FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::numeric[]) AS made (id, payment_id, currency, amount)
                RETURNING tenant_id, id, currency, line_count, total
            )
            INSERT INTO semel_books.journal_lines
                (tenant_id, entry_id, currency, line_count,
                 line_no, account_code, debit, credit, balance_before, turnover_before)
            SELECT entry.tenant_id, entry.id, entry.currency, entry.line_count,
                   line.no, line.account_code, entry.total * line.debited, entry.total * line.credited,
                   entry.total * line.credited, entry.total * line.credited
              FROM entry, (VALUES (1, '1000', 1, 0), (2, '1100', 0, 1)) AS line (no, account_code, debited, credited)
            """;

    private record OpenInvoice(String currency, BigDecimal open) {}

    private PaymentsSql() {}

    /** Records those that can be, in the writes' one transaction; the others are missing in what comes back. */
    static Map<UUID, Payment> record(List<Write<NewPayment>> writes) throws SQLException {
        Connection connection = writes.get(0).connection();
        String tenant = writes.get(0).tenant();
        List<Write<NewPayment>> payable = payable(lock(connection, tenant, writes), writes);
        if (payable.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Payment> recorded = insert(connection, tenant, payable);
        pay(connection, tenant, payable);
        post(connection, tenant, payable);
        return recorded;
    }

    private static Map<UUID, OpenInvoice> lock(Connection connection, String tenant, List<Write<NewPayment>> writes)
            throws SQLException {
        Map<UUID, OpenInvoice> invoices = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK_INVOICES)) {
            statement.setString(1, tenant);
            array(statement, 2, "uuid", writes, write -> write.payload().invoiceId());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    invoices.put(
                            row.getObject("id", UUID.class),
                            new OpenInvoice(row.getString("currency"), row.getBigDecimal("open")));
                }
            }
        }
        return invoices;
    }

    private static List<Write<NewPayment>> payable(Map<UUID, OpenInvoice> invoices, List<Write<NewPayment>> writes) {
        List<Write<NewPayment>> payable = new ArrayList<>();
        for (Write<NewPayment> write : writes) {
            NewPayment payment = write.payload();
            OpenInvoice invoice = invoices.get(payment.invoiceId());
            if (invoice != null
                    && invoice.currency().equals(payment.currency())
                    && invoice.open().compareTo(payment.amount()) >= 0) {
                BigDecimal left = invoice.open().subtract(payment.amount());
                invoices.put(payment.invoiceId(), new OpenInvoice(invoice.currency(), left));
                payable.add(write);
            }
        }
        return payable;
    }

    private static Map<UUID, Payment> insert(Connection connection, String tenant, List<Write<NewPayment>> writes)
            throws SQLException {
        Map<UUID, Payment> recorded = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT_PAYMENTS)) {
            statement.setString(1, tenant);
            array(statement, 2, "uuid", writes, Write::resultId);
            array(statement, 3, "uuid", writes, write -> write.payload().invoiceId());
            array(statement, 4, "numeric", writes, write -> write.payload().amount());
            array(statement, 5, "text", writes, write -> write.payload().currency());
            array(statement, 6, "text", writes, write -> write.payload().reference());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    recorded.put(
                            id,
                            new Payment(
                                    id,
                                    row.getObject("invoice_id", UUID.class),
                                    row.getBigDecimal("amount"),
                                    row.getString("currency"),
                                    row.getString("reference"),
                                    row.getObject("created_at", OffsetDateTime.class)
                                            .toInstant()));
                }
            }
        }
        return recorded;
    }

    private static void pay(Connection connection, String tenant, List<Write<NewPayment>> writes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAY_INVOICES)) {
            array(statement, 1, "uuid", writes, write -> write.payload().invoiceId());
            array(statement, 2, "numeric", writes, write -> write.payload().amount());
            statement.setString(3, tenant);
            statement.executeUpdate();
        }
    }

    private static void post(Connection connection, String tenant, List<Write<NewPayment>> writes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POST)) {
            statement.setString(1, tenant);
            array(statement, 2, "uuid", writes, write -> write.derivedId("journal"));
            array(statement, 3, "uuid", writes, Write::resultId);
            array(statement, 4, "text", writes, write -> write.payload().currency());
            array(statement, 5, "numeric", writes, write -> write.payload().amount());
            statement.executeUpdate();
        }
    }

    private static void array(
            PreparedStatement statement,
            int index,
            String type,
            List<Write<NewPayment>> writes,
            Function<Write<NewPayment>, Object> value)
            throws SQLException {
        Object[] values = writes.stream().map(value).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
