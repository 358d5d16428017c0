package dev.semel.books.ledger;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.books.settings.Period;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.journal_lines}. Works in the transaction of its caller. */
public final class JournalLineTable {
    private static final String FIND = """
            SELECT entry_id, line_no, account_code, currency, debit, credit FROM semel_books.journal_lines
            WHERE tenant_id = ? AND entry_id = ANY (?::uuid[])
            ORDER BY entry_id, line_no
            """;
    private static final String SUM = """
            SELECT currency, sum(debit) AS debit, sum(credit) AS credit FROM semel_books.journal_lines
            WHERE tenant_id = ?
            GROUP BY currency
            """;
    private static final String BALANCES = """
            SELECT l.account_code, l.currency, sum(l.debit) AS debit, sum(l.credit) AS credit
            FROM semel_books.journal_lines l
            JOIN semel_books.journal_entries e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
            WHERE l.tenant_id = ?
              AND (?::timestamptz IS NULL OR e.created_at >= ?)
              AND (?::timestamptz IS NULL OR e.created_at < ?)
            GROUP BY l.account_code, l.currency
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public JournalLineTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, List<JournalLine>> find(String tenant, Collection<UUID> entries) {
        Map<UUID, List<JournalLine>> found = new HashMap<>();
        String[] ids = entries.stream().map(UUID::toString).toArray(String[]::new);
        jdbc.sql(FIND).param(tenant).param(ids).query(row -> {
            found.computeIfAbsent(row.getObject("entry_id", UUID.class), id -> new ArrayList<>())
                    .add(line(row));
        });
        return found;
    }

    SortedMap<String, TrialBalance> sum(String tenant) {
        SortedMap<String, TrialBalance> sums = new TreeMap<>();
        jdbc.sql(SUM).param(tenant).query(row -> {
            sums.put(row.getString("currency"), new TrialBalance(text(row, "debit"), text(row, "credit")));
        });
        return sums;
    }

    /** What was posted in the period to accounts of the chart, by currency. */
    Map<Account, SortedMap<String, AccountBalance>> balances(String tenant, Period period) {
        Map<Account, SortedMap<String, AccountBalance>> found = new EnumMap<>(Account.class);
        jdbc.sql(BALANCES).param(tenant).params(period.parameters()).query(row -> {
            String currency = row.getString("currency");
            BigDecimal debit = row.getBigDecimal("debit");
            BigDecimal credit = row.getBigDecimal("credit");
            Account.find(row.getString("account_code"))
                    .ifPresent(account -> found.computeIfAbsent(account, its -> new TreeMap<>())
                            .put(currency, AccountBalance.of(account, currency, debit, credit)));
        });
        return found;
    }

    static JournalLine line(ResultSet row) throws SQLException {
        return new JournalLine(
                row.getInt("line_no"), row.getString("account_code"), text(row, "debit"), text(row, "credit"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        Currency currency = Currencies.require(row.getString("currency"));
        return new Money(amount, currency).text();
    }
}
