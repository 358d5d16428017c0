package dev.semel.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.semel.Caller;
import dev.semel.books.creditnotes.NewCreditLine;
import dev.semel.books.creditnotes.NewCreditNote;
import dev.semel.books.settings.Deduction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself holds, whoever writes. */
@ExtendWith(BooksExtension.class)
class SchemaTest {
    private static final String FOREIGN_KEY = "23503";
    private static final String CHECK = "23514";
    private static final String UNIQUE = "23505";
    private static final String FORBIDDEN = "42501";
    private static final String ID = "00000000-0000-0000-0000-000000000001";

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();
    private final List<String> statements = new ArrayList<>();

    SchemaTest(TestBooks books) {
        this.books = books;
    }

    @BeforeEach
    void clear() {
        statements.clear();
    }

    @Test
    void balancedEntryIsCommitted() throws SQLException {
        entry("EUR", "30", 3);
        line("EUR", 1, 3, "1000", "30", "0", "0", "0");
        line("EUR", 2, 3, "4000", "0", "10.00", "30", "30");
        line("EUR", 3, 3, "4000", "0", "20", "20", "30.0");
        commit();
        assertThat(books.count("journal_lines", caller)).isEqualTo(3);
    }

    @Test
    void unbalancedEntryCannotBeCommitted() throws SQLException {
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "30", "0", "0", "0");
        line("EUR", 2, 2, "4000", "0", "29.99", "30", "30");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void entryWithoutLinesCannotBeCommitted() throws SQLException {
        entry("EUR", "30", 2);
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void entryWithFewerLinesThanItSaysCannotBeCommitted() throws SQLException {
        entry("EUR", "30", 3);
        line("EUR", 1, 3, "1000", "30", "0", "0", "0");
        line("EUR", 2, 3, "4000", "0", "30", "30", "30");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void lineThatDoesNotContinueItsPredecessorIsRefused() throws SQLException {
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "30", "0", "0", "0");
        line("EUR", 2, 2, "4000", "0", "10", "10", "30");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void firstLineBeginsWithZero() throws SQLException {
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "30", "0", "-1", "0");
        assertRefused(CHECK);
    }

    @Test
    void totalIsWhatTheDebitsSumUpTo() throws SQLException {
        entry("EUR", "31", 2);
        line("EUR", 1, 2, "1000", "30", "0", "0", "0");
        line("EUR", 2, 2, "4000", "0", "30", "30", "30");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void currenciesDoNotMixInAnEntry() throws SQLException {
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "30", "0", "0", "0");
        line("USD", 2, 2, "4000", "0", "30", "30", "30");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void noLineCanBeAddedToAPostedEntry() throws SQLException {
        balancedEntryIsCommitted();
        statements.clear();
        line("EUR", 4, 3, "1000", "5", "0", "0", "30");
        assertRefused(CHECK);
        statements.clear();
        line("EUR", 4, 4, "1000", "5", "0", "0", "30");
        assertRefused(FOREIGN_KEY);
        statements.clear();
        line("EUR", 3, 3, "4000", "0", "25", "20", "30");
        assertRefused(UNIQUE);
    }

    @Test
    void entryIsReversedOnceAndByItsLikeOnly() throws SQLException {
        balancedEntryIsCommitted();
        for (String refused : List.of("EUR 2", "USD 3")) {
            statements.clear();
            statements.add(reversal(1, refused.substring(0, 3), refused.substring(4)));
            assertRefused(FOREIGN_KEY);
        }
        statements.clear();
        statements.add(reversal(1, "EUR", "3"));
        statements.add(reversal(2, "EUR", "3"));
        assertRefused(UNIQUE);
        statements.clear();
        statements.add("UPDATE semel_books.journal_entries SET reverses = id");
        assertRefused(FORBIDDEN);
    }

    private String reversal(int no, String currency, String lines) {
        return "INSERT INTO semel_books.journal_entries"
                + " (tenant_id, id, operation, source_id, currency, total, line_count, reverses)"
                + " VALUES ('%s', '00000000-0000-0000-0001-00000000000%d', 'x', '%s', '%s', 30, %s, '%s')"
                        .formatted(caller.tenant(), no, ID, currency, lines, ID);
    }

    @Test
    void paymentIsReversedByAWriteAndNotWhileTheBankConfirmsIt() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "40").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        statements.add("UPDATE semel_books.payments SET reversed_at = now()");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.payments SET reversal_id = '" + ID + "'");
        assertRefused(CHECK);
        books.reconcile(caller, TestBooks.newKey(), books.bankTransaction(caller, "EUR", "40"), payment);
        statements.clear();
        statements.add("UPDATE semel_books.payments SET reversal_id = '" + ID + "', reversed_at = now()");
        assertRefused(FOREIGN_KEY);
        statements.clear();
        statements.add("UPDATE semel_books.reconciliations SET reversal_id = '" + ID + "'");
        statements.add("UPDATE semel_books.payments SET reversal_id = '" + ID + "', reversed_at = now()");
        statements.add("UPDATE semel_books.reconciliations SET reversal_id = NULL");
        assertRefused(FOREIGN_KEY);
    }

    @Test
    void noLineIsCreditedByMoreThanItIsAndNoInvoiceEither() throws SQLException {
        UUID invoice = books.finalInvoice(caller, "EUR", "40").id();
        books.credit(
                caller, TestBooks.newKey(), invoice, new NewCreditNote(null, List.of(new NewCreditLine(1L, "10"))));
        statements.add("UPDATE semel_books.invoice_lines SET credited = 40.01");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.invoices SET credited = 40.01, refundable = 40.01");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.invoices SET refundable = 10.01");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.invoices SET paid = 30");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.invoices SET paid = 30.01");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.invoices SET paid = 30, status = 'paid'");
        commit();
    }

    @Test
    void monthIsPaidByOneRunThatStands() throws SQLException {
        UUID first = books.payroll(caller, TestBooks.newKey(), "2026-11", "EUR").resultId();
        books.reversePayroll(caller, TestBooks.newKey(), first);
        books.payroll(caller, TestBooks.newKey(), "2026-11", "EUR");
        statements.add("UPDATE semel_books.payroll_periods SET reversal_id = NULL, reversed_at = NULL,"
                + " reversal_reason = NULL");
        assertRefused(UNIQUE);
        statements.clear();
        statements.add("UPDATE semel_books.payroll_periods SET reversed_at = NULL WHERE reversal_id IS NOT NULL");
        assertRefused(CHECK);
        statements.clear();
        statements.add("UPDATE semel_books.payroll_periods SET reversal_reason = 'x' WHERE reversal_id IS NULL");
        assertRefused(CHECK);
    }

    /** As V7 finds them: entries of unreconcileLedger that do not say yet what they reverse. */
    @Test
    void undoneReconciliationsOfBeforeAreToldWhatTheyReverse() throws Exception {
        UUID invoice = books.finalInvoice(caller, "EUR", "80").id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, "40", "EUR").resultId();
        UUID transaction = books.bankTransaction(caller, "EUR", "40");
        for (int i = 0; i < 3; i++) {
            books.reconcile(caller, TestBooks.newKey(), transaction, payment);
            books.unreconcile(caller, TestBooks.newKey(), transaction);
        }
        books.reconcile(caller, TestBooks.newKey(), transaction, payment);
        String reversed = "SELECT id || ' ' || reverses FROM semel_books.journal_entries WHERE tenant_id = '"
                + caller.tenant() + "' AND reverses IS NOT NULL ORDER BY id";
        List<String> expected = query(reversed);
        assertThat(expected).hasSize(3);
        books.asSuperuser("UPDATE semel_books.journal_entries SET reverses = NULL WHERE tenant_id = '" + caller.tenant()
                + "' AND operation = 'unreconcileLedger'");
        assertThat(query(reversed)).isEmpty();

        books.asSuperuser(backfill());
        assertThat(query(reversed)).isEqualTo(expected);
    }

    private static String backfill() throws IOException {
        try (InputStream script = SchemaTest.class.getResourceAsStream("/db/semel/books/V7__reversals.sql")) {
            String sql = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return sql.substring(sql.indexOf("WITH numbered"), sql.indexOf("SET CONSTRAINTS"));
        }
    }

    @Test
    void lineHasExactlyOneSide() throws SQLException {
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "30", "30", "0", "0");
        assertRefused(CHECK);
        statements.clear();
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "0", "0", "0", "0");
        assertRefused(CHECK);
        statements.clear();
        entry("EUR", "30", 2);
        line("EUR", 1, 2, "1000", "-30", "0", "0", "0");
        assertRefused(CHECK);
    }

    @Test
    void quantityOfAnItemIsTheSumOfItsMovements() throws SQLException {
        books.item(caller, 5);
        statements.add("UPDATE semel_books.items SET quantity = 6");
        assertRefused(FOREIGN_KEY);
        statements.clear();
        statements.add("UPDATE semel_books.items SET quantity = 6, movement_count = 2");
        assertRefused(FOREIGN_KEY);
        statements.clear();
        movement("5", "-6");
        assertRefused(CHECK);
        statements.clear();
        movement("4", "1");
        assertRefused(FOREIGN_KEY);
        statements.clear();
        movement("5", "-5");
        statements.add("UPDATE semel_books.items SET quantity = 0, movement_count = 2");
        commit();
    }

    private void movement(String before, String delta) {
        statements.add("INSERT INTO semel_books.item_movements"
                + " (tenant_id, id, item_id, movement_no, delta, quantity_before, reason)"
                + " SELECT tenant_id, '%s', id, 2, %s, %s, 'x' FROM semel_books.items".formatted(ID, delta, before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE semel_books.journal_lines SET account_code = '1100'",
                "UPDATE semel_books.journal_entries SET operation = 'x'",
                "UPDATE semel_books.payments SET method = 'x'",
                "UPDATE semel_books.invoice_lines SET description = 'x'",
                "UPDATE semel_books.invoices SET total = 1",
                "UPDATE semel_books.invoices SET tenant_id = 'x'",
                "UPDATE semel_books.customers SET name = 'x'",
                "UPDATE semel_books.employees SET salary_amount = 1",
                "DELETE FROM semel_books.employees",
                "UPDATE semel_books.payroll_runs SET period = 'x'",
                "UPDATE semel_books.payslips SET gross = 1",
                "UPDATE semel_books.payroll_periods SET period = 'x'",
                "UPDATE semel_books.credit_notes SET total = 1",
                "UPDATE semel_books.credit_note_lines SET amount = 1",
                "DELETE FROM semel_books.credit_notes",
                "DELETE FROM semel_books.credit_note_lines",
                "UPDATE semel_books.refunds SET amount = 1",
                "DELETE FROM semel_books.refunds",
                "DELETE FROM semel_books.payroll_runs",
                "DELETE FROM semel_books.payroll_periods",
                "DELETE FROM semel_books.payslips",
                "DELETE FROM semel_books.company_settings",
                "UPDATE semel_books.access_grants SET role = 'admin'",
                "DELETE FROM semel_books.access_grants",
                "SELECT semel_books.granted_roles('acme', 'alice')",
                "UPDATE semel_books.items SET sku = 'x'",
                "UPDATE semel_books.item_movements SET delta = 1",
                "DELETE FROM semel_books.items",
                "DELETE FROM semel_books.item_movements",
                "DELETE FROM semel_books.journal_lines",
                "DELETE FROM semel_books.journal_entries",
                "DELETE FROM semel_books.payments",
                "DELETE FROM semel_books.invoice_lines",
                "DELETE FROM semel_books.invoices",
                "DELETE FROM semel_books.invoice_numbers",
                "DELETE FROM semel_books.customers",
                "TRUNCATE semel_books.customers",
                "SELECT * FROM semel_books.flyway_schema_history"
            })
    void whatNeedNotBeChangedCannotBeChanged(String sql) throws SQLException {
        statements.add(sql);
        assertRefused(FORBIDDEN);
    }

    private void reconcilePaymentOf(String amount) {
        UUID invoice = books.finalInvoice(caller, "EUR", amount).id();
        UUID payment =
                books.pay(caller, TestBooks.newKey(), invoice, amount, "EUR").resultId();
        books.reconcile(caller, TestBooks.newKey(), books.bankTransaction(caller, "EUR", amount), payment);
    }

    private void finishStep(UUID run) throws SQLException {
        books.asSuperuser("INSERT INTO semel_books.workflow_steps (tenant_id, run_id, name, result) VALUES ('"
                + caller.tenant() + "', '" + run + "', 'first', '{}')");
    }

    @Test
    void rowsOfAnotherTenantAreInvisible() throws SQLException {
        books.pay(
                caller,
                TestBooks.newKey(),
                books.finalInvoice(caller, "EUR", "10").id(),
                "10",
                "EUR");
        books.item(caller, 1);
        books.grant(caller, "bob", "reader");
        books.employee(caller, "100", "EUR");
        books.deductions(caller, new Deduction("Tax", "20", "employee"));
        books.payroll(caller, TestBooks.newKey(), "2026-11", "EUR");
        reconcilePaymentOf("10");
        books.credit(
                caller,
                TestBooks.newKey(),
                books.finalInvoice(caller, "EUR", "10").id(),
                new NewCreditNote(null, null));
        books.refund(caller, TestBooks.newKey(), books.overpaidInvoice(caller, "10"), "10", "EUR");
        finishStep(
                books.trigger(caller, TestBooks.newKey(), "by-hand", Map.of()).resultId());
        for (String table : tables()) {
            assertThat(books.count(table, caller)).as(table).isPositive();
            assertThat(visible(table, caller)).as(table).isPositive();
            assertThat(visible(table, TestBooks.newCaller())).as(table).isZero();
        }
    }

    @Test
    void rowsOfAnotherTenantCannotBeWritten() throws SQLException {
        statements.add("INSERT INTO semel_books.customers (tenant_id, id, name) VALUES ('other', '" + ID + "', 'x')");
        assertRefused(FORBIDDEN);
    }

    @Test
    void everyTableHasRowLevelSecurityThatBindsItsOwnerToo() throws SQLException {
        assertThat(query("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'semel_books'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
                  AND NOT (relrowsecurity AND relforcerowsecurity
                           AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid
                                       AND polqual IS NOT NULL AND polwithcheck IS NOT NULL))
                """)).isEmpty();
    }

    @Test
    void tenantLeadsEveryKey() throws SQLException {
        assertThat(query("""
                SELECT conname FROM pg_constraint c
                JOIN pg_class t ON t.oid = c.conrelid
                WHERE c.connamespace = 'semel_books'::regnamespace AND c.contype IN ('p', 'u', 'f')
                  AND t.relname <> 'flyway_schema_history'
                  AND (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1]) <> 'tenant_id'
                UNION ALL
                SELECT i.indexrelid::regclass::text FROM pg_index i
                JOIN pg_class t ON t.oid = i.indrelid
                WHERE t.relnamespace = 'semel_books'::regnamespace AND t.relname <> 'flyway_schema_history'
                  AND (SELECT attname FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0]) <> 'tenant_id'
                """)).isEmpty();
    }

    @Test
    void thereIsNoTrigger() throws SQLException {
        assertThat(query("""
                SELECT tgname FROM pg_trigger JOIN pg_class t ON t.oid = tgrelid
                WHERE t.relnamespace = 'semel_books'::regnamespace AND NOT tgisinternal
                """)).isEmpty();
    }

    private List<String> tables() throws SQLException {
        return query("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'semel_books'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
                """);
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = books.superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private long visible(String table, Caller viewer) throws SQLException {
        try (Connection connection = books.begin(viewer);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM semel_books." + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void entry(String currency, String total, int lineCount) {
        statements.add("INSERT INTO semel_books.journal_entries"
                + " (tenant_id, id, operation, source_id, currency, total, line_count) VALUES ('%s', '%s', 'x', '%s', '%s', %s, %d)"
                        .formatted(caller.tenant(), ID, ID, currency, total, lineCount));
    }

    private void line(
            String currency,
            int no,
            int count,
            String account,
            String debit,
            String credit,
            String balanceBefore,
            String turnoverBefore) {
        statements.add("INSERT INTO semel_books.journal_lines (tenant_id, entry_id, currency, line_no, line_count,"
                + " account_code, debit, credit, balance_before, turnover_before)"
                + " VALUES ('%s', '%s', '%s', %d, %d, '%s', %s, %s, %s, %s)"
                        .formatted(
                                caller.tenant(),
                                ID,
                                currency,
                                no,
                                count,
                                account,
                                debit,
                                credit,
                                balanceBefore,
                                turnoverBefore));
    }

    private void commit() throws SQLException {
        try (Connection connection = books.begin(caller);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    private void assertRefused(String sqlState) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(this::commit)
                .satisfies(failure -> assertThat(failure.getSQLState())
                        .as(failure.getMessage())
                        .isEqualTo(sqlState));
    }
}
