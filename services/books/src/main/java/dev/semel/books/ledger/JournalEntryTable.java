package dev.semel.books.ledger;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.journal_entries}. Works in the transaction of its caller. */
public final class JournalEntryTable {
    // Entry and lines in one round trip. The database holds the balance, see the migration.
    private static final String POST = """
            WITH entry AS (
                INSERT INTO semel_books.journal_entries
                    (tenant_id, id, operation, source_id, currency, total, line_count)
                VALUES (?, ?, ?, ?, ?, ?, ?)
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
    private static final String PAGE = """
            SELECT id, operation, source_id, currency, total, created_at FROM semel_books.journal_entries
            WHERE tenant_id = ? AND (created_at, id) > (?, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public JournalEntryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Posts an entry with its lines. */
    public void post(String tenant, Posting posting) {
        PostedLines lines = new PostedLines(posting);
        jdbc.sql(POST)
                .params(tenant, posting.id(), posting.operation(), posting.sourceId())
                .params(posting.currency().getCurrencyCode(), posting.total().amount(), lines.count())
                .param(lines.accounts())
                .param(lines.debits())
                .param(lines.credits())
                .param(lines.balancesBefore())
                .param(lines.turnoversBefore())
                .update();
    }

    /** Entries still without their lines. */
    Page<JournalEntry> page(String tenant, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id(), request.fetch())
                        .query(JournalEntryTable::row)
                        .list(),
                request,
                entry -> new CreationPosition(entry.createdAt(), entry.id()).cursor());
    }

    private static JournalEntry row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new JournalEntry(
                row.getObject("id", UUID.class),
                row.getString("operation"),
                row.getObject("source_id", UUID.class),
                currency,
                new Money(row.getBigDecimal("total"), Currencies.require(currency)).text(),
                List.of(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
