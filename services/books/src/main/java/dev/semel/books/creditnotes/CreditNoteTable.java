package dev.semel.books.creditnotes;

import dev.semel.books.invoices.CreditedLine;
import dev.semel.books.money.Currencies;
import dev.semel.books.money.Money;
import dev.semel.spring.web.NumberPosition;
import dev.semel.spring.web.Page;
import dev.semel.spring.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code semel_books.credit_notes} and {@code credit_note_lines}. Works in the transaction of its caller. */
public final class CreditNoteTable {
    // As an invoice's number: drawn and used in one statement, and locked until the commit.
    private static final String INSERT = """
            WITH number AS (
                INSERT INTO semel_books.credit_note_numbers AS counter (tenant_id, last_number)
                VALUES (?, 1)
                ON CONFLICT (tenant_id) DO UPDATE SET last_number = counter.last_number + 1
                RETURNING tenant_id, last_number
            )
            INSERT INTO semel_books.credit_notes
                (tenant_id, number, id, invoice_id, currency, total, refundable, reason)
            SELECT tenant_id, last_number, ?, ?, ?, ?, ?, ? FROM number
            RETURNING id, number, invoice_id, currency, total, refundable, reason, created_at
            """;
    private static final String INSERT_LINES = """
            INSERT INTO semel_books.credit_note_lines (tenant_id, credit_note_id, invoice_id, invoice_line_no, amount)
            SELECT ?, ?, ?, line.no, line.amount
            FROM unnest(?::integer[], ?::numeric[]) AS line (no, amount)
            """;
    private static final String EXISTS = """
            SELECT EXISTS (SELECT FROM semel_books.credit_notes WHERE tenant_id = ? AND id = ?)
            """;
    private static final String FIND = """
            SELECT id, number, invoice_id, currency, total, refundable, reason, created_at
            FROM semel_books.credit_notes
            WHERE tenant_id = ? AND id = ?
            """;
    // By number, as invoices.
    private static final String PAGE = """
            SELECT id, number, invoice_id, currency, total, refundable, reason, created_at
            FROM semel_books.credit_notes
            WHERE tenant_id = ? AND number > ?
              AND (?::uuid IS NULL OR invoice_id = ?)
            ORDER BY number
            LIMIT ?
            """;
    private static final String LINES = """
            SELECT l.credit_note_id, l.invoice_line_no, l.amount, n.currency
            FROM semel_books.credit_note_lines l
            JOIN semel_books.credit_notes n ON n.tenant_id = l.tenant_id AND n.id = l.credit_note_id
            WHERE l.tenant_id = ? AND l.credit_note_id = ANY (?::uuid[])
            ORDER BY l.credit_note_id, l.invoice_line_no
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public CreditNoteTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts it; its lines are there already. */
    CreditNote insert(String tenant, UUID id, UUID invoice, Money total, Money refundable, @Nullable String reason) {
        return jdbc.sql(INSERT)
                .params(tenant, id, invoice, total.currency().getCurrencyCode())
                .params(total.amount(), refundable.amount())
                .param(reason)
                .query(CreditNoteTable::row)
                .single();
    }

    void insertLines(String tenant, UUID id, UUID invoice, List<CreditedLine> lines) {
        jdbc.sql(INSERT_LINES)
                .params(tenant, id, invoice)
                .param(column(lines, line -> String.valueOf(line.line())))
                .param(column(lines, line -> line.amount().text()))
                .update();
    }

    private static String[] column(Collection<CreditedLine> lines, Function<CreditedLine, String> value) {
        return lines.stream().map(value).toArray(String[]::new);
    }

    boolean exists(String tenant, UUID id) {
        return jdbc.sql(EXISTS).params(tenant, id).query(Boolean.class).single();
    }

    /** The tenant's credit note of that id, with its lines. */
    public Optional<CreditNote> find(String tenant, UUID id) {
        return jdbc.sql(FIND)
                .params(tenant, id)
                .query(CreditNoteTable::row)
                .optional()
                .map(note -> complete(tenant, List.of(note)).get(0));
    }

    /** Those for that invoice; null means any. */
    Page<CreditNote> page(String tenant, @Nullable UUID invoice, PageRequest request) {
        Page<CreditNote> page = Page.of(
                jdbc.sql(PAGE)
                        .params(tenant, NumberPosition.of(request).number())
                        .param(invoice)
                        .param(invoice)
                        .param(request.fetch())
                        .query(CreditNoteTable::row)
                        .list(),
                request,
                note -> new NumberPosition(note.number()).cursor());
        return new Page<>(complete(tenant, page.items()), page.nextCursor());
    }

    private List<CreditNote> complete(String tenant, List<CreditNote> notes) {
        String[] ids = notes.stream().map(note -> note.id().toString()).toArray(String[]::new);
        Map<UUID, List<CreditNoteLine>> lines = new HashMap<>();
        jdbc.sql(LINES).param(tenant).param(ids).query(row -> {
            lines.computeIfAbsent(row.getObject("credit_note_id", UUID.class), id -> new ArrayList<>())
                    .add(new CreditNoteLine(row.getInt("invoice_line_no"), text(row, "amount")));
        });
        return notes.stream()
                .map(note -> note.withLines(lines.getOrDefault(note.id(), List.of())))
                .toList();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return new Money(row.getBigDecimal(column), Currencies.require(row.getString("currency"))).text();
    }

    private static CreditNote row(ResultSet row, int number) throws SQLException {
        return new CreditNote(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getObject("invoice_id", UUID.class),
                row.getString("currency"),
                text(row, "total"),
                text(row, "refundable"),
                row.getString("reason"),
                List.of(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
