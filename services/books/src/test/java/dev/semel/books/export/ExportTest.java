package dev.semel.books.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.semel.Caller;
import dev.semel.books.BooksExtension;
import dev.semel.books.BooksOperations;
import dev.semel.books.TestBooks;
import dev.semel.books.customers.NewCustomer;
import dev.semel.books.invoices.InvoiceFilter;
import dev.semel.books.invoices.InvoiceTable;
import dev.semel.books.invoices.NewInvoice;
import dev.semel.books.invoices.NewInvoiceLine;
import dev.semel.books.ledger.JournalEntryTable;
import dev.semel.books.ledger.JournalFilter;
import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.SettingsTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BooksExtension.class)
class ExportTest {
    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    ExportTest(TestBooks books) {
        this.books = books;
    }

    private String journal(JournalFilter filter) {
        return text(JournalExport.HEADER, rows -> journalRows(filter, rows));
    }

    private void journalRows(JournalFilter filter, Consumer<List<@Nullable Object>> rows) {
        CompanyDays days = new CompanyDays(new SettingsTable(books.jdbc()));
        JournalExport export = new JournalExport(new JournalEntryTable(books.jdbc()), days);
        books.semel().read(caller.tenant(), connection -> {
            export.write(caller.tenant(), filter, rows);
            return true;
        });
    }

    private String invoices(InvoiceFilter filter) {
        return text(InvoiceExport.HEADER, rows -> invoiceRows(filter, rows));
    }

    private void invoiceRows(InvoiceFilter filter, Consumer<List<@Nullable Object>> rows) {
        InvoiceExport export = new InvoiceExport(new InvoiceTable(books.jdbc()));
        books.semel().read(caller.tenant(), connection -> {
            export.write(caller.tenant(), filter, rows);
            return true;
        });
    }

    private static String text(List<String> header, Consumer<Consumer<List<@Nullable Object>>> source) {
        try (InputStream file = CsvFile.of(header, source).read()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CSVRecord> parsed(String text) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.getRecords();
        }
    }

    @Test
    void journalHasARowForEachLine() throws IOException {
        UUID invoice = books.finalInvoice(caller, "EUR", "100").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        books.finalInvoice(TestBooks.newCaller(), "EUR", "7");

        String text = journal(JournalFilter.NONE);
        assertThat(text)
                .startsWith(String.join(",", JournalExport.HEADER) + "\r\n")
                .endsWith("\r\n");
        List<CSVRecord> rows = parsed(text);
        assertThat(rows)
                .extracting(row -> row.get("operation") + " " + row.get("lineNo") + " " + row.get("accountCode") + " "
                        + row.get("accountName") + " " + row.get("currency") + " " + row.get("debit") + " "
                        + row.get("credit"))
                .containsExactly(
                        "finalizeInvoice 1 1100 Receivables EUR 100.00 0.00",
                        "finalizeInvoice 2 4000 Revenue EUR 0.00 100.00",
                        "createPayment 1 1000 Clearing EUR 40.00 0.00",
                        "createPayment 2 1100 Receivables EUR 0.00 40.00");
        assertThat(parsed(journal(new JournalFilter(null, null, "1000", null, null))))
                .extracting(row -> row.get("sourceId"))
                .containsExactly(payment.toString(), payment.toString());
    }

    @Test
    void invoicesHaveTheirCustomerAndWhatIsStillOwed() throws IOException {
        UUID invoice = books.finalInvoice(caller, "JPY", "100").id();
        books.pay(caller, TestBooks.newKey(), invoice, "40", "JPY");
        UUID draft = books.draft(caller, "EUR", "1").id();
        books.draft(TestBooks.newCaller(), "EUR", "1");

        List<CSVRecord> rows = parsed(invoices(InvoiceFilter.NONE));
        assertThat(rows).extracting(row -> row.get("id")).containsExactly(invoice.toString(), draft.toString());
        assertThat(rows.get(0).toMap())
                .containsEntry("number", "1")
                .containsEntry("status", "final")
                .containsEntry("customerName", "Ada")
                .containsEntry("dueDate", "")
                .containsEntry("total", "100")
                .containsEntry("paid", "40")
                .containsEntry("balance", "60");
        assertThat(parsed(invoices(InvoiceFilter.of("draft", null, null)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\uFF1D1",
                "plain",
                "with, comma",
                "with \"quotes\"",
                "\u00C4rger \u20AC \uD83D\uDE00",
                "=HYPERLINK(\"http://x\",\"y\")"
            })
    void nameIsTextForASpreadsheetAndComesBackAsItIs(String name) throws IOException {
        UUID customer = books.semel()
                .execute(BooksOperations.CREATE_CUSTOMER, caller, TestBooks.newKey(), new NewCustomer(name, null))
                .resultId();
        books.createInvoice(
                caller,
                TestBooks.newKey(),
                new NewInvoice(customer, "EUR", null, List.of(new NewInvoiceLine("Work", "1", "1"))));
        String cell = parsed(invoices(InvoiceFilter.NONE)).get(0).get("customerName");
        boolean formula = "=+-@\uFF1D".indexOf(name.charAt(0)) >= 0;
        assertThat(cell).isEqualTo(formula ? "'" + name : name);
    }

    @Test
    void cellThatBeginsWithAControlCharacterIsTextToo() {
        assertThat(CsvCells.of("\t=1")).isEqualTo("'\t'=1");
        assertThat(CsvCells.of("\r=1")).isEqualTo("'\r=1");
        assertThat(CsvCells.of("Acme;=cmd;- 1;x")).isEqualTo("Acme;'=cmd;'- 1;x");
        assertThat(CsvCells.of("a; =1")).isEqualTo("a;' =1");
        assertThat(CsvCells.of(null)).isEmpty();
        assertThat(CsvCells.of("")).isEmpty();
    }

    @Test
    void journalIsReadBitByBitAndFromOneSnapshot() throws SQLException {
        books.asSuperuser("""
                INSERT INTO semel_books.journal_entries (tenant_id, id, operation, source_id, currency, total, line_count)
                SELECT '%1$s', md5(n::text)::uuid, 'old', md5(n::text)::uuid, 'EUR', 1, 2 FROM generate_series(1, 1500) n;
                INSERT INTO semel_books.journal_lines (tenant_id, entry_id, currency, line_no, line_count, account_code,
                                                       debit, credit, balance_before, turnover_before)
                SELECT '%1$s', md5(n::text)::uuid, 'EUR', no, 2, CASE no WHEN 1 THEN '1100' ELSE '4000' END,
                       2 - no, no - 1, no - 1, no - 1
                FROM generate_series(1, 1500) n, generate_series(1, 2) no""".formatted(caller.tenant()));
        assertThat(bitByBit(rows -> journalRows(JournalFilter.NONE, rows))).isEqualTo(3000);
    }

    @Test
    void invoicesAreReadBitByBitAndFromOneSnapshot() throws SQLException {
        UUID customer = books.customer(caller).id();
        books.asSuperuser("""
                INSERT INTO semel_books.invoices (tenant_id, id, number, status, customer_id, currency, total)
                SELECT '%s', md5(n::text)::uuid, n, 'draft', '%s', 'EUR', 1 FROM generate_series(1000, 4000) n""".formatted(caller.tenant(), customer));
        assertThat(bitByBit(rows -> invoiceRows(InvoiceFilter.NONE, rows))).isEqualTo(3001);
    }

    /** How many rows there were; another one is written after the first, and the database still holds the last ones then. */
    private int bitByBit(Consumer<Consumer<List<@Nullable Object>>> export) {
        AtomicInteger rows = new AtomicInteger();
        export.accept(row -> {
            if (rows.getAndIncrement() == 0) {
                assertThat(books.jdbc()
                                .sql("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                                .query(Long.class)
                                .single())
                        .as("results that the database has not handed out yet")
                        .isEqualTo(1);
                CompletableFuture.runAsync(() -> books.finalInvoice(caller, "EUR", "200"))
                        .join();
            }
        });
        return rows.get();
    }

    @Test
    void fileHasNoNameWhileItIsWrittenAndRead(@TempDir Path folder) throws IOException {
        CsvFile file =
                CsvFile.of(folder, List.of("a"), rows -> assertThat(folder).isEmptyDirectory());
        assertThat(folder).isEmptyDirectory();
        assertThat(file.size()).isEqualTo(3);
        file.read().close();
        assertThatIllegalStateException()
                .isThrownBy(() -> CsvFile.of(folder, List.of("a"), rows -> {
                    throw new IllegalStateException("broken");
                }));
        assertThat(folder).isEmptyDirectory();
    }
}
