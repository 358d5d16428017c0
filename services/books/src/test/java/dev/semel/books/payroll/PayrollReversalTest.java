package dev.semel.books.payroll;

import static dev.semel.books.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.RejectedException.Reason;
import dev.semel.books.BooksExtension;
import dev.semel.books.TestBooks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class PayrollReversalTest {
    private static final String MONTH = "2026-11";

    private final TestBooks books;
    private final Caller caller = TestBooks.newCaller();

    PayrollReversalTest(TestBooks books) {
        this.books = books;
    }

    @BeforeEach
    void hire() {
        books.employee(caller, "1000", "EUR");
    }

    private UUID run() {
        return books.payroll(caller, TestBooks.newKey(), MONTH, "EUR").resultId();
    }

    private RunSummary reverse(UUID run) {
        return books.reversePayroll(caller, TestBooks.newKey(), run).result();
    }

    private List<String> rows(String sql) {
        return books.semel()
                .read(
                        caller.tenant(),
                        connection -> books.jdbc()
                                .sql(sql)
                                .param(caller.tenant())
                                .query(String.class)
                                .list());
    }

    private List<String> balances() {
        return rows("""
                SELECT account_code || ' ' || sum(debit - credit) FROM semel_books.journal_lines
                WHERE tenant_id = ? GROUP BY account_code ORDER BY account_code
                """);
    }

    private List<String> states() {
        return rows("""
                SELECT CASE WHEN reversal_id IS NULL THEN 'executed' ELSE 'reversed' END FROM semel_books.payroll_periods
                WHERE tenant_id = ? ORDER BY 1
                """);
    }

    @Test
    void reversedRunStaysAndItsMonthIsPaidAgainAsIsRightThen() throws SQLException {
        UUID wrong = run();
        assertRefused(Reason.CONFLICT, "PAYROLL_ALREADY_EXECUTED", this::run);

        RunSummary reversed = reverse(wrong);

        assertThat(reversed.id()).isEqualTo(wrong);
        assertThat(reversed.status()).isEqualTo("reversed");
        assertThat(reversed.total()).isEqualTo("1000.00");
        assertThat(reversed.reversedAt()).isAfterOrEqualTo(reversed.createdAt());
        assertThat(reversed.reversalReason()).isEqualTo("wrong hours");
        assertThat(balances()).containsExactly("2100 0.00", "6000 0.00");
        assertThat(rows("""
                SELECT e.operation || ' of ' || o.operation || ' ' || (e.source_id = o.source_id)
                FROM semel_books.journal_entries e
                JOIN semel_books.journal_entries o ON o.tenant_id = e.tenant_id AND o.id = e.reverses
                WHERE e.tenant_id = ?
                """)).containsExactly("reversePayrollRun of executePayroll true");
        assertThat(books.events(caller)).last().isEqualTo("payroll.reversed payroll:" + wrong);

        books.employee(caller, "500", "EUR");
        PayrollRun right =
                books.payroll(caller, TestBooks.newKey(), MONTH, "EUR").result();
        assertThat(right.total()).isEqualTo("1500.00");
        assertThat(right.status()).isEqualTo("executed");
        assertThat(balances()).containsExactly("2100 -1500.00", "6000 1500.00");
        assertThat(books.count("payslips", caller)).isEqualTo(3);
        assertRefused(Reason.CONFLICT, "PAYROLL_ALREADY_EXECUTED", this::run);
        reverse(right.id());
        assertThat(states()).containsExactly("reversed", "reversed");
        run();
    }

    @Test
    void secondReversalAndUnknownRunsAreRefused() throws SQLException {
        UUID run = run();
        reverse(run);
        long entries = books.count("journal_entries", caller);
        assertRefused(Reason.CONFLICT, "PAYROLL_ALREADY_REVERSED", () -> reverse(run));
        assertRefused(Reason.NOT_FOUND, "NOT_FOUND", () -> reverse(UUID.randomUUID()));
        assertRefused(
                Reason.NOT_FOUND,
                "NOT_FOUND",
                () -> books.reversePayroll(TestBooks.newCaller(), TestBooks.newKey(), run));
        assertThat(books.count("journal_entries", caller)).isEqualTo(entries);
    }

    @Test
    void runThatPaidNobodyIsReversedWithoutAnEntry() throws SQLException {
        UUID run = books.payroll(caller, TestBooks.newKey(), MONTH, "USD").resultId();
        assertThat(reverse(run).status()).isEqualTo("reversed");
        assertThat(books.count("journal_entries", caller)).isZero();
    }

    @Test
    void lateRetriesOfBothAreWhatTheyWereAndPayNobodyAgain() throws SQLException {
        Key paying = TestBooks.newKey();
        Key reversing = TestBooks.newKey();
        UUID run = books.payroll(caller, paying, MONTH, "EUR").resultId();
        RunSummary reversed = books.reversePayroll(caller, reversing, run).result();
        books.forgetKeys(caller);

        Outcome<RunSummary> again = books.reversePayroll(caller, reversing, run);
        assertThat(again.replayed()).isTrue();
        assertThat(again.result()).isEqualTo(reversed);
        Outcome<PayrollRun> paid = books.payroll(caller, paying, MONTH, "EUR");
        assertThat(paid.replayed()).isTrue();
        assertThat(paid.result().id()).isEqualTo(run);
        assertThat(paid.result().status()).isEqualTo("reversed");
        assertThat(books.count("payroll_runs", caller)).isEqualTo(1);
    }

    /** Whoever comes second either pays the month again or finds it paid; it is never paid twice. */
    @RepeatedTest(10)
    void reversalAndNewRunsAtOnceLeaveOneThatStandsAtMost() throws Exception {
        UUID run = run();
        List<Callable<String>> calls = new ArrayList<>();
        calls.add(() -> tried(() -> reverse(run)));
        calls.add(() -> tried(() -> reverse(run)));
        for (int i = 0; i < 6; i++) {
            calls.add(() -> tried(this::run));
        }
        List<String> ends = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<String> call : pool.invokeAll(calls)) {
                ends.add(call.get());
            }
        } finally {
            pool.shutdown();
        }
        assertThat(ends.subList(0, 2)).containsExactlyInAnyOrder("done", "PAYROLL_ALREADY_REVERSED");
        long paid = ends.subList(2, 8).stream().filter("done"::equals).count();
        assertThat(paid).isLessThanOrEqualTo(1);
        assertThat(states()).filteredOn("executed"::equals).hasSize((int) paid);
    }

    private static String tried(Callable<?> write) throws Exception {
        try {
            write.call();
            return "done";
        } catch (RejectedException e) {
            return e.code();
        }
    }
}
