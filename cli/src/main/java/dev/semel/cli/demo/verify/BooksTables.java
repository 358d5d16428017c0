package dev.semel.cli.demo.verify;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads the tables of the books, past the server. For one thread. */
final class BooksTables {

    private final Connection connection;
    private final String tenant;

    BooksTables(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    long customers() throws SQLException {
        return count("SELECT count(*) FROM semel_books.customers WHERE tenant_id = ?");
    }

    long invoices() throws SQLException {
        return count("SELECT count(*) FROM semel_books.invoices WHERE tenant_id = ?");
    }

    long payments() throws SQLException {
        return count("SELECT count(*) FROM semel_books.payments WHERE tenant_id = ?");
    }

    long journalEntries() throws SQLException {
        return count("SELECT count(*) FROM semel_books.journal_entries WHERE tenant_id = ?");
    }

    /** Hands over each payment's id and content. */
    void eachPayment(BiConsumer<String, String> consumer) throws SQLException {
        String sql = "SELECT id, invoice_id, amount, currency FROM semel_books.payments WHERE tenant_id = ?";
        try (PreparedStatement select = prepare(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String content = Content.payment(rows.getString(2), rows.getBigDecimal(3), rows.getString(4));
                consumer.accept(rows.getString(1), content);
            }
        }
    }

    TrialBalance trialBalance() throws SQLException {
        String sql = """
                SELECT currency, coalesce(sum(debit), 0), coalesce(sum(credit), 0)
                FROM semel_books.journal_lines WHERE tenant_id = ? GROUP BY currency
                """;
        SortedMap<String, TrialBalance.Sides> currencies = new TreeMap<>();
        try (PreparedStatement select = prepare(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                BigDecimal debit = rows.getBigDecimal(2);
                currencies.put(rows.getString(1), new TrialBalance.Sides(debit, rows.getBigDecimal(3)));
            }
        }
        return new TrialBalance(currencies);
    }

    private long count(String sql) throws SQLException {
        try (PreparedStatement select = prepare(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setString(1, tenant);
        return select;
    }
}
