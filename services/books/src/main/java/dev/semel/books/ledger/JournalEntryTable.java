package dev.semel.books.ledger;

import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.CreationPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.journal_entries}. Works in the transaction of its caller. */
public final class JournalEntryTable {
    // Entries and lines in one round trip. The database holds the balance, see the migration.
    private static final String POST = """
            WITH entry AS (
                INSERT INTO semel_books.journal_entries
                    (tenant_id, id, operation, source_id, currency, total, line_count, reverses)
                SELECT ?, made.id, made.operation, made.source_id, made.currency, made.total, made.line_count, made.reverses
                FROM unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::numeric[], ?::integer[], ?::uuid[])
                     AS made (id, operation, source_id, currency, total, line_count, reverses)
                RETURNING tenant_id, id, currency, line_count
            )
            INSERT INTO semel_books.journal_lines
                (tenant_id, entry_id, currency, line_count,
                 line_no, account_code, debit, credit, balance_before, turnover_before)
            SELECT entry.tenant_id, entry.id, entry.currency, entry.line_count,
                   line.no, line.account_code, line.debit, line.credit, line.balance_before, line.turnover_before
            FROM entry
            JOIN unnest(?::uuid[], ?::integer[], ?::text[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                 AS line (entry_id, no, account_code, debit, credit, balance_before, turnover_before)
              ON line.entry_id = entry.id
            """;
    private static final String STANDING = """
            SELECT e.id, l.account_code, l.currency, l.debit, l.credit
            FROM semel_books.journal_entries e
            JOIN semel_books.journal_lines l ON l.tenant_id = e.tenant_id AND l.entry_id = e.id
            WHERE e.tenant_id = ? AND e.source_id = ? AND e.operation = ?
              AND NOT EXISTS (SELECT FROM semel_books.journal_entries r
                              WHERE r.tenant_id = e.tenant_id AND r.reverses = e.id)
            ORDER BY l.line_no
            """;
    private static final String ASKED_FOR = """
              AND (?::timestamptz IS NULL OR e.created_at >= ?)
              AND (?::timestamptz IS NULL OR e.created_at < ?)
              AND (?::text IS NULL OR e.operation = ?)
              AND (?::uuid IS NULL OR e.source_id = ?)
              AND (?::text IS NULL OR EXISTS (
                    SELECT FROM semel_books.journal_lines l
                    WHERE l.tenant_id = e.tenant_id AND l.entry_id = e.id AND l.account_code = ?))
            """;
    private static final String PAGE = """
            SELECT e.id, e.operation, e.source_id, e.currency, e.total, e.reverses, e.created_at
            FROM semel_books.journal_entries e
            WHERE e.tenant_id = ? AND (e.created_at, e.id) > (?, ?)
            """ + ASKED_FOR + """
            ORDER BY e.created_at, e.id
            LIMIT ?
            """;
    // In the order of an index, so that the first rows come before the last ones are read.
    private static final String EXPORT = """
            SELECT e.id, e.operation, e.source_id, e.currency, e.total, e.reverses, e.created_at,
                   line.line_no, line.account_code, line.debit, line.credit
            FROM semel_books.journal_entries e
            JOIN semel_books.journal_lines line ON line.tenant_id = e.tenant_id AND line.entry_id = e.id
            WHERE e.tenant_id = ?
            """ + ASKED_FOR + """
            ORDER BY e.created_at, e.id, line.line_no
            """;
    private static final int EXPORTED_AT_A_TIME = 1000;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public JournalEntryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Posts an entry with its lines. */
    public void post(String tenant, Posting posting) {
        post(tenant, List.of(posting));
    }

    /** Posts entries with their lines, all by one statement. */
    public void post(String tenant, List<Posting> postings) {
        jdbc.sql(POST)
                .param(tenant)
                .params(PostedEntries.columns(postings))
                .params(PostedLines.columns(postings))
                .update();
    }

    /**
     * Posts the opposite of what an operation has posted for a row, line by line.
     *
     * @param id of the new entry
     * @param operation that posts it
     * @param source the row
     * @param reversed the operation whose entry is taken back; the caller makes sure that there is one that stands, by a lock
     */
    public void reverse(String tenant, UUID id, String operation, UUID source, String reversed) {
        StandingEntry standing = new StandingEntry();
        jdbc.sql(STANDING).params(tenant, source, reversed).query(standing::add);
        post(tenant, standing.reversal(id, operation, source));
    }

    /** Entries still without their lines. */
    Page<JournalEntry> page(String tenant, JournalFilter filter, Period period, PageRequest request) {
        CreationPosition after = CreationPosition.of(request);
        return Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, after.time(), after.id())
                        .params(filter.parameters(period))
                        .param(request.fetch())
                        .query(JournalEntryTable::row)
                        .list(),
                request,
                entry -> new CreationPosition(entry.createdAt(), entry.id()).cursor());
    }

    /** Hands on line by line, never with more than a thousand in memory; within a transaction only. */
    public void export(String tenant, JournalFilter filter, Period period, Consumer<PostedLine> lines) {
        jdbc.sql(EXPORT)
                .withFetchSize(EXPORTED_AT_A_TIME)
                .param(tenant)
                .params(filter.parameters(period))
                .query(row -> {
                    lines.accept(new PostedLine(row(row, 0), JournalLineTable.line(row)));
                });
    }

    private static JournalEntry row(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new JournalEntry(
                row.getObject("id", UUID.class),
                row.getString("operation"),
                row.getObject("source_id", UUID.class),
                currency,
                new Money(row.getBigDecimal("total"), Currencies.require(currency)).text(),
                row.getObject("reverses", UUID.class),
                List.of(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
