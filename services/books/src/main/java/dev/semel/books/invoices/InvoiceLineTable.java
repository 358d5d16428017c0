package dev.semel.books.invoices;

import dev.semel.books.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_books.invoice_lines}. Works in the transaction of its caller. */
public final class InvoiceLineTable {
    private static final String INSERT = """
            INSERT INTO semel_books.invoice_lines
                (tenant_id, invoice_id, line_no, description, quantity, unit_price, total)
            SELECT ?, ?, line.no, line.description, line.quantity, line.unit_price, line.total
            FROM unnest(?::text[], ?::numeric[], ?::numeric[], ?::numeric[])
                 WITH ORDINALITY AS line (description, quantity, unit_price, total, no)
            """;
    private static final String FIND = """
            SELECT invoice_id, description, quantity, unit_price, total FROM semel_books.invoice_lines
            WHERE tenant_id = ? AND invoice_id = ANY (?::uuid[])
            ORDER BY invoice_id, line_no
            """;
    private static final String OPEN = """
            SELECT line_no, total - credited AS left_over FROM semel_books.invoice_lines
            WHERE tenant_id = ? AND invoice_id = ?
            """;
    private static final String CREDIT = """
            UPDATE semel_books.invoice_lines line SET credited = line.credited + share.amount
            FROM unnest(?::integer[], ?::numeric[]) AS share (no, amount)
            WHERE line.tenant_id = ? AND line.invoice_id = ? AND line.line_no = share.no
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public InvoiceLineTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String tenant, UUID invoice, List<PricedLine> lines) {
        jdbc.sql(INSERT)
                .params(tenant, invoice)
                .param(column(lines, PricedLine::description))
                .param(column(lines, line -> line.quantity().toPlainString()))
                .param(column(lines, line -> line.unitPrice().toPlainString()))
                .param(column(lines, line -> line.total().text()))
                .update();
    }

    private static String[] column(List<PricedLine> lines, Function<PricedLine, String> value) {
        return lines.stream().map(value).toArray(String[]::new);
    }

    /** What is left of each line of a locked invoice. */
    public List<OpenLine> open(String tenant, StoredInvoice invoice) {
        Currency currency = invoice.total().currency();
        return jdbc.sql(OPEN)
                .params(tenant, invoice.id())
                .query((row, number) ->
                        new OpenLine(row.getInt("line_no"), new Money(row.getBigDecimal("left_over"), currency)))
                .list();
    }

    /** Credits lines of a locked invoice, none by more than is left of it. */
    public void credit(String tenant, UUID invoice, List<CreditedLine> shares) {
        jdbc.sql(CREDIT)
                .param(shares.stream()
                        .map(share -> String.valueOf(share.line()))
                        .toArray(String[]::new))
                .param(shares.stream().map(share -> share.amount().text()).toArray(String[]::new))
                .params(tenant, invoice)
                .update();
    }

    /** The invoice with its lines. */
    Invoice complete(String tenant, StoredInvoice invoice) {
        return complete(tenant, List.of(invoice)).get(0);
    }

    /** The invoices with their lines, in one query. */
    List<Invoice> complete(String tenant, List<StoredInvoice> invoices) {
        Map<UUID, Currency> currencies = invoices.stream()
                .collect(Collectors.toMap(
                        StoredInvoice::id, invoice -> invoice.total().currency()));
        Map<UUID, List<InvoiceLine>> lines = find(tenant, currencies);
        return invoices.stream()
                .map(invoice -> invoice.withLines(lines.getOrDefault(invoice.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<InvoiceLine>> find(String tenant, Map<UUID, Currency> invoices) {
        Map<UUID, List<InvoiceLine>> found = new HashMap<>();
        jdbc.sql(FIND).param(tenant).param(ids(invoices.keySet())).query(row -> {
            UUID invoice = row.getObject("invoice_id", UUID.class);
            found.computeIfAbsent(invoice, id -> new ArrayList<>())
                    .add(line(row, Objects.requireNonNull(invoices.get(invoice)))
                            .answer());
        });
        return found;
    }

    private static String[] ids(Collection<UUID> invoices) {
        return invoices.stream().map(UUID::toString).toArray(String[]::new);
    }

    private static PricedLine line(ResultSet row, Currency currency) throws SQLException {
        return new PricedLine(
                row.getString("description"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("unit_price"),
                new Money(row.getBigDecimal("total"), currency));
    }
}
